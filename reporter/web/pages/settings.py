"""The settings of the workspace: what there is to set."""

from reporter.web.frame import about_year
from reporter.web.lists_view import settings_page

show = about_year(settings_page)
