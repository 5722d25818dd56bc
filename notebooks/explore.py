# %% [markdown]
# # Tìm hiểu một báo cáo · Explore one report
#
# Đọc báo cáo, xem mọi số liệu và kết quả đối chiếu dưới dạng bảng, xem biểu đồ, so hai con số bất kỳ.
#
# *Read a report, see its figures and findings as tables and charts, hold any two figures against each other.*

# %% tags=["parameters"]
report = ""  # báo cáo; để trống: báo cáo đầu tiên trong reports/ · the report; empty: the first one
language = "vi"  # vi, en

# %%
from cchc_audit import decisions, explore, logbook, review, tables, workspace
from cchc_audit.memo.cells import open_report

work = workspace.find()
paper = open_report(str(work.report(report)), language=language)
paper.audit

# %% [markdown]
# ## Nguyên văn · The text

# %%
paper.audit.document

# %% [markdown]
# ## Các bảng · Tables
#
# Mỗi bảng là một `DataFrame`: `findings`, `terms`, `figures`, `numbers`, `citations`, `problems`.

# %%
frames = tables.frames(paper.audit, language)
frames["findings"][["word", "title", "stated", "computed", "difference", "place"]]

# %% [markdown]
# ## Các chỉ tiêu đã nhận ra · Indicators recognised

# %%
explore.named(paper.audit, language)

# %% [markdown]
# ## Mọi con số và chỗ của nó · Every number and what became of it

# %%
paper.chart("coverage")

# %%
frames["numbers"].head(30)

# %% [markdown]
# ## So hai con số bất kỳ · Any two figures
#
# Chọn hai con số trong danh sách; kết quả hiện ngay bên dưới, kèm chỗ báo cáo có ghi kết quả đó.
#
# *Choose two figures; the results show below, with the places where the report prints one of them.*

# %%
explore.chooser(paper.audit, language)

# %% [markdown]
# ## Tỷ lệ trong báo cáo và tỷ lệ tính lại · Shares as stated and as worked out

# %%
paper.chart("shares")

# %% [markdown]
# ## Những gì đã quyết định · What has been decided
#
# Mọi quyết định của đoàn trên báo cáo này, ghi ở sổ `review`. *All decisions of the team on this report.*

# %%
logbook.frame(decisions.read(work.decisions).decisions, review.subject_of(paper.audit), language)
