"""What was agreed with the office about the four questionnaires, item by item.

A line: name, kind, whether it counts for completeness, the most that may be chosen or written, and the
codes with their scores (a code that is its own score stands alone). Written down apart from the forms,
so that a slip in a form is seen.
"""

AGREED = {
    "post_training": """
        a00     | select_one      | required |        | kebutuhan wajib ditunjuk ganti sendiri lainnya
        a00b    | select_one      | required |        | ya:1 tidak:0
        a01     | select_one      | required |        | 1 2 3 4
        a02     | select_one      | required |        | 1 2 3 4
        a03     | select_one      | required |        | 1 2 3 4
        a04_1   | select_one      | required |        | 1 2 3 4 tb
        a05_1   | select_one      | required |        | 1 2 3 4 tb
        a06_1   | select_one      | required |        | 1 2 3 4 tb
        a04_2   | select_one      | required |        | 1 2 3 4 tb
        a05_2   | select_one      | required |        | 1 2 3 4 tb
        a06_2   | select_one      | required |        | 1 2 3 4 tb
        a07     | select_one      | required |        | 1 2 3 4
        a08     | select_one      | required |        | 1 2 3 4
        a09     | select_one      | required |        | 1 2 3 4 tb
        a10     | select_one      | required |        | 1 2 3 4
        a11i    | note            | -
        a11_now | select_one      | required |        | 1 2 3 4 5
        a11_pre | select_one      | required |        | 1 2 3 4 5
        a12_now | select_one      | required |        | 1 2 3 4 5
        a12_pre | select_one      | required |        | 1 2 3 4 5
        a13     | select_one      | required |        | a:0 b:1 c:2 d:3 e:4
        a14     | select_one      | required |        | pasti:3 mungkin:2 ragu:1 tidak:0
        a15     | text            | optional | <= 300
        a16     | select_multiple | required | <= 3   | anggaran atasan rekan kesempatan sarana aturan waktu belum_yakin materi pindah lainnya tidak_ada
        a17     | range           | required
        a18p    | select_multiple | required | <= 2   | praktik kasus bahan alat pengajar jadwal peserta lainnya tidak_ada
        a18     | text            | optional | <= 600
    """,
    "followup_alumni": """
        b01     | select_one      | required |        | sama jabatan unit keluar
        b02     | select_one      | required |        | 0 1 2 3 4
        b03     | select_one      | required |        | jelas:3 belum_terlihat:2 sebagian:1 terhenti:0
        b04i    | note            | -
        b04k    | select_one      | required |        | selesai:3 sebagian:2 belum:1 ganti
        b04     | text            | optional | <= 600
        b05     | select_multiple | required |        | cepat teliti komunikasi koordinasi administrasi inovasi repot lainnya belum
        b06     | select_one      | required |        | 1 2 3 4 tt
        b06b    | select_one      | required |        | 1 2 3 4 5 tt tb
        b07     | select_multiple | required |        | waktu keluhan skm temuan target lainnya kesan
        b08     | text            | optional | <= 300
        b09     | select_one      | required |        | 1 2 3 4
        b10     | select_one      | required |        | 1 2 3 4
        b11     | select_one      | required |        | 1 2 3 4
        b12     | select_one      | required |        | 1 2 3 4 tt
        b12b    | select_one      | required |        | 1 2 3 4
        b13     | select_multiple | required | <= 3   | anggaran atasan rekan kesempatan sarana aturan waktu belum_yakin materi pindah lainnya tidak_ada
        b14     | select_one      | required |        | anggaran atasan rekan kesempatan sarana aturan waktu belum_yakin materi pindah lainnya
        b15     | select_one      | required |        | ya:1 tidak:0
        b16     | select_one      | required |        | ya:1 tidak:0
        b17     | select_one      | required |        | 1 2 3 4 5
        b17b    | select_one      | required |        | 1 2 3 4 5
        b18     | text            | optional | <= 400
        b19     | select_one      | required |        | ya:1 tidak:0
    """,
    "followup_superior": """
        c01     | select_one      | required |        | sering kadang tidak bukan
        c02     | select_one      | required |        | 0 1 2 3 4 tt
        c03     | select_one      | required |        | 1 2 3 4 5 tt
        c04     | select_one      | required |        | 1 2 3 4 5 tt
        c04b    | select_one      | required |        | 1 2 3 4 5 tt tb
        c05     | select_one      | required |        | 1 2 3 4 tt
        c06     | text            | optional | <= 400
        c07     | select_multiple | required |        | tugas bahas umpan_balik sarana berbagi belum
        c08     | select_multiple | required | <= 3   | anggaran atasan rekan kesempatan sarana aturan waktu belum_yakin materi pindah lainnya tt tidak_ada
        c09     | text            | optional | <= 400
    """,
    "followup_peer": """
        r01     | select_one      | required |        | sering kadang tidak bukan
        r02     | select_one      | required |        | 0 1 2 3 4 tt
        r03     | select_one      | required |        | 1 2 3 4 5 tt
        r04     | select_one      | required |        | 1 2 3 4 5 tt
        r04b    | select_one      | required |        | 1 2 3 4 5 tt tb
        r05     | select_one      | required |        | 1 2 3 4 tt
        r06     | text            | optional | <= 400
        r08     | select_multiple | required | <= 3   | anggaran atasan rekan kesempatan sarana aturan waktu belum_yakin materi pindah lainnya tt tidak_ada
        r09     | text            | optional | <= 400
    """,
    "interview": """
        d00     | select_one      | required |        | kutip ringkas tidak
        d01     | voice           | required
        d10     | voice           | required
        d11     | voice           | required
        d12     | voice           | required
        d13     | voice           | required
        d14     | voice           | required
        d14b    | select_one      | required |        | kecil setengah besar tt
        d15     | voice           | optional
        d20     | voice           | required
        d21     | voice           | required
        d22     | voice           | required
        d23     | voice           | required
        d24     | voice           | required
        d30     | voice           | required
        d31     | voice           | optional
    """,
}
