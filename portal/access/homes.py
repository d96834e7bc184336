"""Where each role begins its day."""

from portal.access.states import Role

HOMES = {
    Role.SEEKER: "home.me",
    Role.ADVISER: "home.desk",
    Role.MODERATOR: "home.desk",
    Role.LEADER: "home.desk",
    Role.ADMINISTRATOR: "access.accounts",
    Role.EMPLOYER: "openings.staff_list",
    Role.SENDER: "openings.staff_list",
    Role.COLLEGE: "rosters.list",
    Role.COMMUNE: "organisations.mine",
    Role.DEPARTMENT: "organisations.mine",
}
