"""Making the files of 导出: the list as Excel or CSV, the PDFs of a selection as a zip with an index (design.md §8).

Nothing here decides who gets which rows (reviews.queries.exports) or writes the job's row (reviews.services.exports).
"""
