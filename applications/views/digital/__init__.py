"""Pages of 数字化水平评测."""
