"""Programmes, their rounds and the pools of people who prepare for one."""
