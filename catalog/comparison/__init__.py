"""What differs between two versions of some content: two Releases, two moments of an entry's history, an import and what is stored.

Each source describes its rows in the words of the editing desk (describing); one comparison finds the changes (changes, marking).
"""
