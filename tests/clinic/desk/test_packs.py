"""In the evening the next day's pack is ready, and the clinic has a letter with a link and nobody's name."""

from datetime import date, datetime, time, timedelta

import time_machine

from corneum.clinic.desk import actions, jobs, queries
from corneum.clinic.desk.models import Pack
from corneum.platform.accounts.actors import Actor
from corneum.platform.messages.models import Message
from tests.factories.cast import NOW, Cast
from tests.factories.diary import make_appointment, minute

SIX = NOW + timedelta(hours=10)  # of the same Monday


def letters() -> list[Message]:
    return list(Message.objects.filter(template="desk/pack"))


def test_pack_is_made_once_at_the_usual_hour_with_a_link_and_no_name(client, cast: Cast):
    make_appointment(cast, minute("2026-03-10T10:00"), patient=cast.alice)

    jobs.make_packs(SIX - timedelta(minutes=5))
    before = letters()
    jobs.make_packs(SIX)
    jobs.make_packs(SIX + timedelta(minutes=5))
    (letter,) = letters()
    pack = Pack.objects.get()
    with time_machine.travel(SIX, tick=False):
        client.force_login(cast.dana)
        sheets = client.get(f"/desk/pack/{pack.ref}/", follow=True)
        page = client.get("/desk/today/").content.decode()

    assert (before, pack.day) == ([], date(2026, 3, 10))
    assert (letter.to, letter.subject) == ("hello@manchester.example", "The pack for Tuesday 10 March is ready")
    assert f"/desk/pack/{pack.ref}/" in letter.text
    assert [text for text in (letter.text, letter.html, letter.subject) if "Alice" in text or "Ashworth" in text] == []
    assert "Alice Ashworth" in sheets.content.decode()
    assert "The clinic was told at 18:00" in page


def test_pack_is_not_made_of_a_day_without_visits_until_somebody_books(cast: Cast):
    jobs.make_packs(SIX)
    none = letters()
    make_appointment(cast, minute("2026-03-10T10:00"), at=SIX)
    jobs.make_packs(SIX + timedelta(hours=1))

    assert (none, len(letters())) == ([], 1)


def test_pack_comes_at_the_hour_of_the_clinics_own_clock_or_not_at_all(client, cast: Cast):
    make_appointment(cast, minute("2026-03-30T10:00"))
    summer = datetime.fromisoformat("2026-03-29T15:30:00+00:00")  # the clocks went forward this night: half past four
    client.force_login(cast.owen)

    client.post("/desk/clinic/pack/", {"hour": "17:00"})
    early = queries.packs_due(summer)
    due = queries.packs_due(summer + timedelta(minutes=30))
    client.post("/desk/clinic/pack/", {"hour": ""})

    assert (early, due) == ([], [(cast.manchester, date(2026, 3, 30))])
    assert (queries.pack_hour(cast.manchester), queries.packs_due(summer + timedelta(hours=4))) == (None, [])


def test_pack_of_a_clinic_leads_nobody_of_another_to_it(client, cast: Cast):
    by = Actor.system("test")
    pack = actions.make_pack(clinic=cast.manchester, day=date(2026, 3, 10), by=by, at=NOW)
    actions.set_pack_hour(clinic=cast.stockport, hour=time(17), by=by, at=NOW)
    client.force_login(cast.mallory)

    assert [client.get(f"{at}/desk/pack/{pack.ref}/").status_code for at in ("", "/stockport")] == [404, 404]
