// A file of the user's folder is replaced whole or not at all: by a file without a name that gets
// one when it is complete. Whatever kills this process while it writes, nothing is left of it.

#pragma once

#include <optional>
#include <string>

namespace session {

// Puts `bytes` under the name in the folder, in place of the regular file that had it, whose mode
// and owner are kept. What is no regular file (a link, a pipe, a folder) is left as it is.
// Returns why it could not be done, and the folder is as before.
std::optional<std::string> replace_file(const std::string& folder, const std::string& name,
                                        const std::string& bytes);

// Removes what a process that was killed between giving a name and taking it back left in the
// folder (a moment; longer where the filesystem knows no files without a name). Only what is surely
// such a file: called by its own inode number, this user's, and held by no process.
void remove_abandoned_copies(const std::string& folder);

}  // namespace session
