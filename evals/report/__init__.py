"""A run for those who read it: Markdown, an HTML page, JUnit XML, RAGAS samples.

Run (+ Comparison, + Verdicts) → ReportData → report.md, report.html, junit.xml
"""
