"""`kamtui touch mail -`: people by their addresses, Message-ID so that a mail comes in once."""

import io
import sys

import pytest

MAIL = b"""From: "Weber, Dr." <WEBER@acme.example>
To: gao@us.example, okafor@acme.example
Date: Fri, 20 Nov 2026 10:00:00 +0000
Message-ID: <a1@acme.example>
Subject: =?utf-8?b?5Lqk6LSn?= again
Content-Type: text/plain; charset=utf-8

When do the machines come?
"""


@pytest.fixture
def send(kamtui, monkeypatch):
    kamtui("account", "add", "Acme", "--tier", "T1")
    kamtui("person", "add", "Dr. Weber", "--account", "Acme", "--mail", "weber@acme.example")
    kamtui("person", "add", "J. Okafor", "--account", "Acme", "--mail", "okafor@acme.example")
    kamtui("colleague", "edit", "Gao Lin", "--mail", "gao@us.example")

    def call(data, *arguments):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        return kamtui("touch", "mail", "-", *arguments)

    return call


def test_a_mail_of_theirs_is_a_touch_in_with_its_people(send, kamtui):
    assert send(MAIL).out == "Logged e-mail 1 with Acme, 2026-11-20\n"
    touch = kamtui("touch", "show", "1", "--json").json
    assert (touch["kind"], touch["direction"], touch["purpose"]) == ("email", "in", "交货 again")
    assert set(touch["people"]) == {"Dr. Weber", "J. Okafor"}
    assert touch["colleagues"] == ["Gao Lin"]
    assert touch["summary"] == "When do the machines come?"


def test_a_mail_comes_in_once(send, kamtui):
    send(MAIL)
    again = send(MAIL, "--json").json
    assert (again["again"], again["touch"]["id"]) == (True, 1)
    assert len(kamtui("touch", "list", "--json").json) == 1
    kamtui("undo")
    assert send(MAIL, "--json").json["again"] is False


def test_what_we_send_goes_out_and_counts_as_no_engagement(send, kamtui):
    send(
        MAIL.replace(b'"Weber, Dr." <WEBER@acme.example>', b"gao@us.example").replace(b"To: gao@us.example, ", b"To: ")
    )
    assert kamtui("touch", "show", "1", "--json").json["direction"] == "out"


def test_a_mail_of_nobody_we_know_is_refused_unless_the_account_is_said(send):
    strange = MAIL.replace(b"acme.example", b"other.example")
    answer = send(strange)
    assert answer.code == 1
    assert "Nobody goes by an address" in answer.err
    assert send(strange, "--account", "Acme").code == 0


def test_a_mail_to_people_of_two_accounts_asks_which(send, kamtui):
    kamtui("account", "add", "Bolt")
    kamtui("person", "add", "Ines", "--account", "Bolt", "--mail", "ines@bolt.example")
    both = MAIL.replace(b'"Weber, Dr." <WEBER@acme.example>', b"gao@us.example").replace(
        b"To: gao@us.example", b"To: ines@bolt.example"
    )
    assert send(both).code == 1
    assert send(both, "--account", "Bolt").code == 0


@pytest.mark.parametrize(
    "data",
    [
        MAIL.replace(b"Message-ID: <a1@acme.example>\n", b""),
        MAIL.replace(b"Fri, 20 Nov 2026 10:00:00 +0000", b"some day"),
        MAIL.replace(b"Fri, 20 Nov 2026", b"Fri, 20 Nov 2099"),
        MAIL.replace(b"charset=utf-8", b"charset=nonsense"),
        MAIL.replace(b"=?utf-8?b?5Lqk6LSn?=", b"=?nonsense?b?////?= \x00\xff"),
        MAIL.replace(b"text/plain", b"text/html").replace(b"When", b"<style>x{}</style><p>When</p>\xff\x00\x1b[2J"),
        MAIL.replace(b"Content-Type: text/plain; charset=utf-8\n", b"Content-Type: multipart/mixed; boundary=x\n"),
        MAIL.replace(b"When do the machines come?", b""),
        MAIL + b"x" * 200_000,
    ],
)
def test_a_strange_mail_still_comes_in(send, data):
    assert send(data).code == 0


@pytest.mark.parametrize("data", [b"", b"hello", b"\xff\xfe\x00"])
def test_what_is_no_mail_is_told(send, data):
    answer = send(data)
    assert answer.code == 2
    assert "no mail" in answer.err
