# %% [markdown]
# # Rà soát số liệu báo cáo cải cách hành chính của một phường, xã
#
# Sổ làm việc này đối chiếu các số liệu trong báo cáo với nhau và trình bày từng phần của phiếu rà soát.
# Đổi tham số ở ô dưới, rồi chạy tất cả các ô. Phiếu hoàn chỉnh (HTML) do lệnh `cchc-audit memo` ghi ra.
#
# *This notebook checks one ward's report and shows the memo section by section. Set the parameters, run all cells.*

# %% tags=["parameters"]
report: str = ""  # báo cáo cần rà soát; để trống: báo cáo đầu tiên trong reports/ / the report; empty: the first one
previous: list = []  # các báo cáo kỳ trước của đơn vị / earlier reports of the ward, oldest first
with_files: list = []  # phụ lục, biểu II.06a của kỳ này / annexes and forms of the same period
ward: str = ""  # tên đơn vị nếu báo cáo không ghi / the ward's name where the report does not state it
language: str = "vi"  # ngôn ngữ của phiếu: vi hoặc en / language of the memo
rules: str = ""  # bộ quy tắc bổ sung (YAML) / a rulebook of your own
outputs: str = "outputs"  # thư mục kết quả / folder for results
power: bool = False  # thử độ nhạy của phép đối chiếu (vài giây) / measure the power of the checks

# %% [markdown]
# ## Đọc và đối chiếu
# Báo cáo được đọc nguyên văn; mọi con số giữ đúng vị trí của nó. Phép tính là số hữu tỷ chính xác.

# %%
from cchc_audit.memo.cells import open_report

paper = open_report(
    report,
    previous=previous,
    with_files=with_files,
    ward=ward,
    language=language,
    rules=rules,
    power=power,
)
paper

# %%
paper.section("identity")

# %%
paper.section("summary")

# %% [markdown]
# ## Những gì khớp nhau
# Nêu trước phần hạn chế, như thông lệ của đoàn kiểm tra.

# %%
paper.section("strengths")

# %% [markdown]
# ## Những gì chưa thống nhất, cần làm rõ
# Mỗi nội dung có trích nguyên văn, số báo cáo ghi, cách tính lại và chênh lệch. Công cụ không kết luận đúng, sai.

# %%
paper.section("findings")

# %% [markdown]
# ## Đối chiếu theo lĩnh vực

# %%
paper.chart("flow")

# %%
paper.chart("shares")

# %%
paper.section("fields")

# %% [markdown]
# ## Chỉ tiêu và văn bản viện dẫn

# %%
paper.section("figures")

# %%
paper.section("citations")

# %% [markdown]
# ## Những gì chưa kiểm tra được
# Phần này không bao giờ để trống.

# %%
paper.section("unchecked")

# %% [markdown]
# ## Câu hỏi gửi đơn vị, giải trình, kiến nghị

# %%
paper.section("questions")

# %%
paper.section("replies")

# %%
paper.section("recommendations")

# %% [markdown]
# ## Phương pháp và xác nhận

# %%
paper.section("method")

# %%
paper.section("sign")

# %% [markdown]
# ## Nơi lưu kết quả
# Lệnh `cchc-audit memo` ghi phiếu, sổ làm việc này và dữ liệu JSON vào thư mục sau.

# %%
paper.folder(outputs)
