// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/test_vfs.h"

#include <sqlite3.h>

#include <cstring>
#include <new>
#include <stdexcept>
#include <string_view>

namespace outrider::test {

namespace {

struct File {
    sqlite3_file base; // first: SQLite casts
    TestVfs* vfs;
    char name[512];
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* fileOf(sqlite3_file* file) { return reinterpret_cast<File*>(file); }

#define REAL(file) (fileOf(file)->real())
#define CALL(file, method, ...) (REAL(file)->pMethods->method(REAL(file), ##__VA_ARGS__))

int closeFile(sqlite3_file* file) { return CALL(file, xClose); }

int readFile(sqlite3_file* file, void* data, int size, sqlite3_int64 offset) {
    if (const int error = fileOf(file)->vfs->before(TestVfs::Kind::Read); error != SQLITE_OK) {
        if (error != SQLITE_IOERR_SHORT_READ)
            return SQLITE_IOERR_READ;
        const int code = CALL(file, xRead, data, size / 2, offset); // half of it, the rest zeros, as SQLite asks for
        std::memset(static_cast<char*>(data) + size / 2, 0, static_cast<std::size_t>(size - size / 2));
        return code == SQLITE_OK ? SQLITE_IOERR_SHORT_READ : code;
    }
    return CALL(file, xRead, data, size, offset);
}

int writeFile(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
    fileOf(file)->vfs->onWrite(fileOf(file)->name, data, size);
    if (const int error = fileOf(file)->vfs->before(TestVfs::Kind::Write); error != SQLITE_OK)
        return error == SQLITE_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    return CALL(file, xWrite, data, size, offset);
}

int truncateFile(sqlite3_file* file, sqlite3_int64 size) {
    if (fileOf(file)->vfs->before(TestVfs::Kind::Write) != SQLITE_OK)
        return SQLITE_IOERR_TRUNCATE;
    return CALL(file, xTruncate, size);
}

int syncFile(sqlite3_file* file, int flags) {
    if (fileOf(file)->vfs->before(TestVfs::Kind::Sync) != SQLITE_OK)
        return SQLITE_IOERR_FSYNC;
    return fileOf(file)->vfs->skipsSyncs() ? SQLITE_OK : CALL(file, xSync, flags);
}

int fileSize(sqlite3_file* file, sqlite3_int64* size) { return CALL(file, xFileSize, size); }

int lockFile(sqlite3_file* file, int level) {
    if (fileOf(file)->vfs->before(TestVfs::Kind::Lock) != SQLITE_OK)
        return SQLITE_IOERR_LOCK;
    return CALL(file, xLock, level);
}

int unlockFile(sqlite3_file* file, int level) { return CALL(file, xUnlock, level); }
int checkReservedLock(sqlite3_file* file, int* out) { return CALL(file, xCheckReservedLock, out); }
int fileControl(sqlite3_file* file, int op, void* arg) { return CALL(file, xFileControl, op, arg); }
int sectorSize(sqlite3_file* file) { return CALL(file, xSectorSize); }
int characteristics(sqlite3_file* file) { return CALL(file, xDeviceCharacteristics); }
int shmMap(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
    return CALL(file, xShmMap, page, size, extend, out);
}
int shmLock(sqlite3_file* file, int offset, int n, int flags) {
    // Letting go of a lock cannot fail.
    if ((flags & SQLITE_SHM_LOCK) != 0 && fileOf(file)->vfs->before(TestVfs::Kind::Lock) != SQLITE_OK)
        return SQLITE_IOERR_SHMLOCK;
    return CALL(file, xShmLock, offset, n, flags);
}
void shmBarrier(sqlite3_file* file) { CALL(file, xShmBarrier); }
int shmUnmap(sqlite3_file* file, int remove) { return CALL(file, xShmUnmap, remove); }

const sqlite3_io_methods methods{2,        closeFile,  readFile,          writeFile,   truncateFile, syncFile,        fileSize,
                                 lockFile, unlockFile, checkReservedLock, fileControl, sectorSize,   characteristics, shmMap,
                                 shmLock,  shmBarrier, shmUnmap,          nullptr,     nullptr};

TestVfs* vfsOf(sqlite3_vfs* vfs) { return static_cast<TestVfs*>(vfs->pAppData); }

int openFile(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* out, int flags, int* outFlags) {
    TestVfs* self = vfsOf(vfs);
    auto* file = new (out) File{};
    file->vfs = self;
    std::strncpy(file->name, name != nullptr ? name : "(temporary file)", sizeof(file->name) - 1);
    self->onOpen();
    if (self->before((flags & SQLITE_OPEN_CREATE) != 0 ? TestVfs::Kind::Write : TestVfs::Kind::Other) != SQLITE_OK)
        return SQLITE_CANTOPEN;
    const int code = self->real()->xOpen(self->real(), name, file->real(), flags, outFlags);
    if (file->real()->pMethods != nullptr)
        file->base.pMethods = &methods;
    return code;
}

int deleteFile(sqlite3_vfs* vfs, const char* name, int sync) {
    if (vfsOf(vfs)->before(TestVfs::Kind::Write) != SQLITE_OK)
        return SQLITE_IOERR_DELETE;
    return vfsOf(vfs)->real()->xDelete(vfsOf(vfs)->real(), name, sync);
}
int accessFile(sqlite3_vfs* vfs, const char* name, int flags, int* out) {
    return vfsOf(vfs)->real()->xAccess(vfsOf(vfs)->real(), name, flags, out);
}
int fullPathname(sqlite3_vfs* vfs, const char* name, int size, char* out) {
    return vfsOf(vfs)->real()->xFullPathname(vfsOf(vfs)->real(), name, size, out);
}
int randomness(sqlite3_vfs* vfs, int size, char* out) { return vfsOf(vfs)->real()->xRandomness(vfsOf(vfs)->real(), size, out); }
int sleepFor(sqlite3_vfs* vfs, int micros) { return vfsOf(vfs)->real()->xSleep(vfsOf(vfs)->real(), micros); }
int currentTime(sqlite3_vfs* vfs, double* out) { return vfsOf(vfs)->real()->xCurrentTime(vfsOf(vfs)->real(), out); }
int lastError(sqlite3_vfs* vfs, int size, char* out) { return vfsOf(vfs)->real()->xGetLastError(vfsOf(vfs)->real(), size, out); }
int currentTime64(sqlite3_vfs* vfs, sqlite3_int64* out) { return vfsOf(vfs)->real()->xCurrentTimeInt64(vfsOf(vfs)->real(), out); }

} // namespace

TestVfs::TestVfs(const std::string& name) : m_name(name), m_real(sqlite3_vfs_find(nullptr)) {
    m_own = new sqlite3_vfs{};
    m_own->iVersion = 2;
    m_own->szOsFile = static_cast<int>(sizeof(File)) + m_real->szOsFile;
    m_own->mxPathname = m_real->mxPathname;
    m_own->zName = m_name.c_str();
    m_own->pAppData = this;
    m_own->xOpen = openFile;
    m_own->xDelete = deleteFile;
    m_own->xAccess = accessFile;
    m_own->xFullPathname = fullPathname;
    m_own->xRandomness = randomness;
    m_own->xSleep = sleepFor;
    m_own->xCurrentTime = currentTime;
    m_own->xGetLastError = lastError;
    m_own->xCurrentTimeInt64 = currentTime64;
    if (sqlite3_vfs_register(m_own, 0) != SQLITE_OK)
        throw std::runtime_error("the test's VFS cannot be registered");
}

TestVfs::~TestVfs() {
    sqlite3_vfs_unregister(m_own);
    delete m_own;
}

void TestVfs::failAt(int n, Fault fault, Lasting lasting) {
    m_fault = fault;
    m_lasting = lasting;
    m_failed = false;
    m_operations = 0;
    m_failAt = n;
}

void TestVfs::heal() { m_failAt = 0; }

int TestVfs::before(Kind kind) {
    const Fault fault = m_fault;
    const bool counts = fault == Fault::ShortRead  ? kind == Kind::Read
                        : fault == Fault::Sync     ? kind == Kind::Sync
                        : fault == Fault::Lock     ? kind == Kind::Lock
                        : fault == Fault::DiskFull ? kind == Kind::Write || kind == Kind::Sync // a full disk still reads
                                                   : true;
    if (!counts)
        return SQLITE_OK;
    const int now = ++m_operations;
    if (m_failAt == 0 || now < m_failAt || (m_lasting == Lasting::Once && now > m_failAt))
        return SQLITE_OK;
    m_failed = true;
    return fault == Fault::DiskFull ? SQLITE_FULL : fault == Fault::ShortRead ? SQLITE_IOERR_SHORT_READ : SQLITE_IOERR;
}

void TestVfs::onWrite(const char* file, const void* data, int size) {
    if (m_word.empty())
        return;
    const std::string_view bytes(static_cast<const char*>(data), static_cast<std::size_t>(size));
    if (bytes.find(m_word) != std::string_view::npos) {
        const std::lock_guard lock(m_mutex);
        m_found.insert(file);
    }
}

std::set<std::string> TestVfs::foundIn() {
    const std::lock_guard lock(m_mutex);
    return m_found;
}

} // namespace outrider::test
