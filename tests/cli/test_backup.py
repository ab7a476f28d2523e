"""`kamtui backup`."""

from kamtui.store.locate import backup_folder


def test_a_backup_is_made_listed_and_put_back(kamtui, store):
    kamtui("account", "add", "Acme")
    made = kamtui("backup", "now")
    assert (made.code, made.err) == (0, "")
    kamtui("account", "add", "Later")
    (line,) = kamtui("backup", "list").lines
    assert line[1] == "by-hand"
    assert line[3] in made.out
    restored = kamtui("backup", "restore", "last")
    assert restored.code == 0
    assert "What stood there before is in" in restored.out
    assert [row[1] for row in kamtui("account", "list").lines] == ["Acme"]
    assert [row[1] for row in kamtui("backup", "list").lines] == ["before-restore", "by-hand"]


def test_the_list_in_json_says_path_reason_and_size(kamtui, store):
    kamtui("backup", "now")
    (backup,) = kamtui("backup", "list", "--json").json
    assert backup["path"].startswith(str(backup_folder(store.path)))
    assert (backup["reason"], backup["size"] > 100_000) == ("by-hand", True)


def test_no_backups_is_an_empty_list(kamtui):
    assert kamtui("backup", "list", "--json").json == []


def test_what_is_no_backup_is_refused(kamtui, store):
    kamtui("account", "add", "Acme")
    other = store.path.parent / "other.db"
    other.write_text("x")
    assert kamtui("backup", "restore", "nowhere.db").code == 1
    answer = kamtui("backup", "restore", other)
    assert (answer.code, "no whole kamtui database" in answer.err) == (1, True)
    assert len(kamtui("account", "list").lines) == 1


def test_a_backup_of_no_database_is_refused(kamtui, store):
    store.path.unlink()
    assert kamtui("backup", "now").code == 4
    assert not store.path.exists()
