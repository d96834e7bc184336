"""The pages of the person on a phone and of the sender; what goes along in a merge."""

import pytest

from portal.overseas.cases import operations as ops
from portal.overseas.cases.moves import Given
from portal.overseas.cases.receiver_consents import standing_consent
from portal.overseas.cases.states import ExitReason
from portal.overseas.models import OverseasCase
from portal.workers.exporting import export_of
from portal.workers.merging import merge, undo_merge
from tests.overseas.cases.conftest import day, documents_of


def test_the_person_reads_where_they_stand_what_to_bring_and_how_long(ways, as_role):
    case = ways.to("selected")
    own = as_role("seeker", case.worker.account)
    assert own.get("/me/cases", status=302).location.endswith(f"/me/cases/{case.id}")
    page = own.get(f"/me/cases/{case.id}")
    assert "Bạn đã trúng tuyển." in page.text and "Còn 180 ngày." in page.text
    assert "Lê Thị Ngọc Hân" in page.text and "0296" in page.text
    assert "Hộ chiếu" in page.text and "không bao giờ thu tiền" in page.text
    case.depart_by, case.selected_on = day(-1), day(-181)
    ways.session.commit()
    assert "Đã quá hạn chờ 1 ngày" in own.get(f"/me/cases/{case.id}").text
    assert "Bạn đã trúng tuyển" in own.get("/profile").text


def test_the_person_consents_withdraws_and_leaves_by_themselves(ways, as_role):
    case = ways.to("checked")
    own = as_role("seeker", case.worker.account)
    assert "gửi hồ sơ của tôi cho Công ty Sakura ở Nhật Bản" in own.get(f"/me/cases/{case.id}").text
    own.post(f"/me/cases/{case.id}/receiver", to=f"/me/cases/{case.id}")
    assert standing_consent(case).taken_by_id is None
    own.post(f"/me/cases/{case.id}/receiver/withdraw", to=f"/me/cases/{case.id}")
    assert standing_consent(case) is None
    assert "Hãy chọn một lý do" in own.post(f"/me/cases/{case.id}/withdraw", status=422).text
    own.post(f"/me/cases/{case.id}/withdraw", {"reason": "family"}, to=f"/me/cases/{case.id}")
    page = own.get(f"/me/cases/{case.id}")
    assert "Hồ sơ này đã dừng" in page.text and "Chụp và gửi" not in page.text
    own.get(f"/me/cases/{case.id}/documents/cv", status=404)


def test_a_case_is_nobody_else_s(ways, as_role, make, client):
    case = ways.opened()
    for who in (ways.person("Lê Thị Tư").account, make.account("seeker")):
        other = as_role("seeker", who)
        for path in (f"/me/cases/{case.id}", f"/me/cases/{case.id}/documents/cv"):
            other.get(path, status=404)
        other.post(f"/me/cases/{case.id}/withdraw", {"reason": "family"}, status=404)
    assert "chưa có hồ sơ" in as_role("seeker", make.account("seeker")).get("/me/cases").text
    as_role("moderator").get(f"/cases/{case.id}", status=403)


def test_an_ending_is_said_without_blame_and_never_to_the_sender(ways, as_role, make):
    case = ways.to("nominated")
    sender = as_role("sender", make.member("sender", case.opening.organisation))
    assert "Đã giới thiệu dự tuyển" in sender.get("/organisation/cases").text
    ops.end(case, Given(reason=ExitReason.FAILED_HEALTH, note="tim"), **ways.by())
    ways.session.commit()
    own = as_role("seeker", case.worker.account).get(f"/me/cases/{case.id}").text
    assert "Lần này chưa đi được vì sức khỏe" in own and "tim" not in own.split()
    for path in ("/organisation/cases", f"/organisation/cases/{case.id}"):
        seen = sender.get(path).text
        assert "Đã dừng" in seen and "sức khỏe" not in seen.lower()


def test_a_sender_sees_nobody_before_nomination_nor_of_others(ways, as_role, make):
    case = ways.to("checked")
    own = as_role("sender", make.member("sender", case.opening.organisation))
    other = as_role("sender", make.member("sender"))
    own.get(f"/organisation/cases/{case.id}", status=404)
    ways.to("nominated", case)
    assert case.worker.full_name in own.get("/organisation/cases").text
    other.get(f"/organisation/cases/{case.id}", status=404)
    assert "Chưa có ai" in other.get("/organisation/cases").text


# --- one's own data, and two profiles of one person ------------------------------------------------------


def test_the_file_of_one_s_own_data_holds_the_case(ways, session):
    case = ways.to("nominated")
    from portal.overseas.cases import documents

    documents.put_number(documents_of(case)[0], "C7")
    told = export_of(case.worker, case.worker.account)["cases"][0]
    assert told["papers"][0]["number"] == "C7"
    assert told["consents_for_abroad"][0]["receiver"] == "Công ty Sakura"
    assert [step["step"] for step in told["steps"]][-1] == "open"


def test_cases_go_along_when_profiles_are_merged_and_back(ways, session):
    kept, merged = ways.person("Trần Văn Dũng").worker, ways.person("Tran Van Dung").worker
    case = ways.opened(worker=merged)
    done = merge(kept, merged, **ways.by())
    assert session.get(OverseasCase, case.id).worker_id == kept.id
    undo_merge(done, **ways.by())
    session.expire_all()
    assert session.get(OverseasCase, case.id).worker_id == merged.id
    ways.opened(worker=kept, opening=case.opening)
    with pytest.raises(Exception, match="cùng một nơi"):
        merge(kept, merged, **ways.by())
