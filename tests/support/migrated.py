"""Lay the tables by their migrations on the database of DATABASE_URL, down to the last; the tests skip them."""

import os
import sys
import tempfile


def main() -> int:
    with tempfile.TemporaryDirectory() as home:
        os.environ["DATELINE_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.config.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("migrate", check_unapplied=True, verbosity=0)
        from django.contrib.auth.models import Group

        from dateline.people.roles import ROLES

        missing = set(ROLES) - set(Group.objects.values_list("name", flat=True))
        if missing:
            print(
                f"The migrations leave these roles without a group: {', '.join(sorted(missing))}",
                file=sys.stderr,
            )
            return 1
        print("Migrated from nothing.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
