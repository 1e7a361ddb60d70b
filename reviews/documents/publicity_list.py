"""A publicity list on paper. Only workers import this module: 3,000 rows take WeasyPrint a quarter of a minute."""
from django.template.loader import render_to_string

from reviews.documents.publicity_sheet import facts_line
from reviews.documents.render import render_html
from reviews.queries.publicity import list_columns, list_rows


def render_list(publicity, *, public):
    """Return the Pdf of a list, with the rows and columns that the page has for these readers."""
    html = render_to_string(
        "documents/publicity_list.html",
        {
            "publicity": publicity,
            "facts": facts_line(publicity).split("　"),
            "columns": list_columns(public),
            "rows": list_rows(publicity, public=public),
            "signed_on": publicity.announced_on or publicity.starts_on,
            "public": public,
        },
    )
    return render_html(html)
