#!/usr/bin/env python3
"""How a program died: by which signal, of which page, and why, on both computers the same.

usage: signals_test.py PAGEWALK ROOT [unittest arguments]
"""
import unittest

from command import Case, main

MAP = ("import numpy as np, os\n"
       "np.zeros(5 * 4096, dtype=np.uint8).tofile('data.bin')\n"
       "mm = np.memmap('data.bin', dtype=np.uint8, mode='r+')\n")
CUT = MAP + "mm[0] = 1\nos.truncate('data.bin', 8192)\nmm[3 * 4096] = 1\n"


class Signals(Case):
    def ends(self, text, status, *more):
        """What each computer's ending says, and what the text says of them."""
        program = self.program(text)
        told = self.run_json(program, *more, status=status)
        self.assertEqual(told["agreement"]["unexplained"], [])
        shown = self.pagewalk("run", program, *more)
        self.assertEqual(shown.returncode, status)
        return [computer["ending"] for computer in told["computers"]], shown.stdout

    def test_a_page_behind_the_end_of_its_file(self):
        endings, text = self.ends(CUT, 128 + 7)
        for ending in endings:
            self.assertEqual((ending["how"], ending["line"], ending["signal"]), ("died", 6, 7))
            self.assertEqual((ending["signal_name"], ending["page"]), ("SIGBUS", "data.bin:3"))
            self.assertEqual(ending["message"], "page 3 of data.bin lies behind its end, cut to 8 KiB in line 5")
        self.assertIn("died of SIGBUS in line 6: page 3 of data.bin lies behind its end, cut to 8 KiB in line 5", text)

    def test_where_it_was_cut_in_a_loop_of_many_turns(self):
        endings, _ = self.ends(MAP + "for i in range(1200):\n    mm[i % 5] = 1\nos.truncate('data.bin', 4097)\n"
                               "for i in range(3):\n    mm[i * 4096] = 2\n", 128 + 7)
        for ending in endings:
            self.assertEqual(ending["message"], "page 2 of data.bin lies behind its end, cut to 4097 bytes in line 6")

    def test_memory_that_was_unmapped(self):
        endings, text = self.ends(MAP + "mm._mmap.close()\nx = mm[4096]\n", 128 + 11)
        for ending in endings:
            self.assertEqual((ending["signal_name"], ending["page"], ending["line"]), ("SIGSEGV", None, 5))
            self.assertEqual(ending["message"], "nothing is mapped there any more: munmap in line 4")
        self.assertIn("died of SIGSEGV in line 5", text)

    def test_memory_that_ran_out(self):
        endings, text = self.ends("import numpy as np\na = np.ones(40 * 4096, dtype=np.uint8)\n", 128 + 9,
                                  "--set", "frames=8", "--set", "swap_pages=8")
        for ending in endings:
            self.assertEqual((ending["signal_name"], ending["page"]), ("SIGKILL", "temporary-0:16"))
            self.assertTrue(ending["message"].startswith("it touched page 16 of temporary-0: memory ran out"))
        self.assertIn("died of SIGKILL in line 2", text)

    def test_a_disk_that_cannot_read_or_has_no_room(self):
        store = MAP + "mm.flush()\ndel mm\nmm = np.memmap('data.bin', dtype=np.uint8, mode='r+')\nx = mm[8192]\n"
        done = self.pagewalk("run", self.program(MAP.replace("np.zeros(5 * 4096, dtype=np.uint8).tofile('data.bin')",
                             "x = 0") + "x = mm[8192]\n"), "--files", self.given(), "--inject",
                             "read-error=data.bin:2")
        self.assertEqual(done.returncode, 128 + 7, store)
        self.assertIn("died of SIGBUS in line 4: the disk could not read page 2 of data.bin", done.stdout)
        done = self.pagewalk("run", self.program("import numpy as np\n"
                             "mm = np.memmap('new.bin', dtype=np.uint8, mode='w+', shape=(8 * 4096,))\n"
                             "for i in range(8):\n    mm[i * 4096] = 1\n"), "--inject", "disk-full=3")
        self.assertEqual(done.returncode, 128 + 7)
        self.assertRegex(done.stdout, r"page \d of new.bin is a hole, and the disk has no room for it")

    def given(self):
        folder = self.folder / "given"
        folder.mkdir(exist_ok=True)
        (folder / "data.bin").write_bytes(bytes(5 * 4096))
        return folder

    def test_exec_names_it_too(self):
        self.refused("exec", self.program(CUT), status=128 + 7, says="line 6: died of SIGBUS")


class Arrays(Case):
    def test_the_bytes_of_an_npy_file_are_its_elements(self):
        program = self.program("import numpy as np\nnp.save('a.npy', np.arange(3, dtype=np.int32))\n"
                               "np.save('b.npy', np.arange(20, dtype=np.int16))\nnp.save('none.npy', np.zeros(0))\n")
        text = " ".join(self.pagewalk("run", program, "--on", "sim").stdout.split())
        self.assertIn("140 bytes: 128 bytes of header, then 00000000 01000000 02000000", text)
        self.assertIn("168 bytes: 128 bytes of header, then 0000 0100 0200", text)
        self.assertIn("128 bytes: 128 bytes of header, then no element", text)
        files = self.run_json(program, "--on", "sim")["computers"][0]["files"]
        self.assertEqual((files["a.npy"]["header_bytes"], files["a.npy"]["element_bytes"]), (128, 4))
        self.assertEqual(files["b.npy"]["element_bytes"], 2)

    def test_other_files_are_told_as_they_were(self):
        program = self.program("f = open('a.npy', 'wb')\nf.write(b'\\x93NUMPY')\nf.close()\n")
        text = self.pagewalk("run", program, "--on", "sim").stdout
        self.assertIn("6 bytes 934e554d 5059", text)
        self.assertNotIn("header_bytes", self.run_json(program, "--on", "sim")["computers"][0]["files"]["a.npy"])


if __name__ == "__main__":
    main()
