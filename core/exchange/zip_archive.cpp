// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/zip_archive.h"

#include "core/contact/text.h"

#include <zip.h>

#include <algorithm>
#include <array>

namespace outrider::exchange {

namespace {

// libzip's view of a ByteSource.
struct Input {
    ByteSource& bytes;
    std::int64_t at = 0;
    zip_error_t error{};
};

zip_int64_t serve(void* self, void* data, zip_uint64_t length, zip_source_cmd_t command) {
    auto& input = *static_cast<Input*>(self);
    const auto failed = [&input](int code) {
        zip_error_set(&input.error, code, 0);
        return zip_int64_t(-1);
    };
    switch (command) {
    case ZIP_SOURCE_OPEN:
        input.at = 0;
        return input.bytes.rewind() ? 0 : failed(ZIP_ER_OPEN);
    case ZIP_SOURCE_READ: {
        const auto count = input.bytes.read({static_cast<char*>(data), static_cast<std::size_t>(length)});
        if (!count)
            return failed(ZIP_ER_READ);
        input.at += static_cast<std::int64_t>(*count);
        return static_cast<zip_int64_t>(*count);
    }
    case ZIP_SOURCE_SEEK: {
        const auto size = static_cast<zip_uint64_t>(input.bytes.size());
        const zip_int64_t to =
            zip_source_seek_compute_offset(static_cast<zip_uint64_t>(input.at), size, data, length, &input.error);
        if (to < 0)
            return -1;
        if (!input.bytes.seek(to))
            return failed(ZIP_ER_SEEK);
        input.at = to;
        return 0;
    }
    case ZIP_SOURCE_TELL:
        return input.at;
    case ZIP_SOURCE_STAT: {
        auto* stat = static_cast<zip_stat_t*>(data);
        zip_stat_init(stat);
        stat->size = static_cast<zip_uint64_t>(input.bytes.size());
        stat->valid = ZIP_STAT_SIZE;
        return sizeof(zip_stat_t);
    }
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&input.error, data, length);
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:
        return 0;
    case ZIP_SOURCE_SUPPORTS:
        return ZIP_SOURCE_SUPPORTS_SEEKABLE;
    default:
        return failed(ZIP_ER_OPNOTSUPP);
    }
}

std::string_view withoutSlash(std::string_view name) { return name.starts_with('/') ? name.substr(1) : name; }

} // namespace

struct ZipArchive::Handle {
    explicit Handle(ByteSource& bytes) : input{bytes} { zip_error_init(&input.error); }
    ~Handle() {
        if (zip != nullptr)
            zip_discard(zip);
        zip_error_fini(&input.error);
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;

    Input input;
    zip_t* zip = nullptr;
};

struct ZipArchive::Stream::State {
    State(zip_file_t* opened, const ZipLimits& within, std::int64_t packedBytes)
        : file(opened),
          limits(within),
          packed(std::max<std::int64_t>(packedBytes, 1)) {}
    ~State() { zip_fclose(file); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    zip_file_t* file;
    ZipLimits limits;
    std::int64_t packed;
    std::int64_t done = 0;
};

ZipArchive::ZipArchive() = default;
ZipArchive::~ZipArchive() = default;
ZipArchive::Stream::Stream(std::unique_ptr<State> state) : m_state(std::move(state)) {}
ZipArchive::Stream::~Stream() = default;

Result<std::unique_ptr<ZipArchive>> ZipArchive::open(ByteSource& bytes, const ZipLimits& limits) {
    std::unique_ptr<ZipArchive> archive(new ZipArchive);
    archive->m_limits = limits;
    archive->m_handle = std::make_unique<Handle>(bytes);
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_function_create(serve, &archive->m_handle->input, &error);
    zip_t* zip = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
    if (zip == nullptr) {
        const std::string why = zip_error_strerror(&error);
        zip_error_fini(&error);
        if (source != nullptr)
            zip_source_free(source);
        return fail(ErrorCode::UnsupportedFormat, "a damaged zip archive (" + why + ")");
    }
    zip_error_fini(&error);
    archive->m_handle->zip = zip;
    const zip_int64_t count = zip_get_num_entries(zip, 0);
    if (count > static_cast<zip_int64_t>(limits.entries))
        return fail(ErrorCode::FileTooLarge, "more than " + std::to_string(limits.entries) + " files in one archive");
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t stat;
        if (zip_stat_index(zip, static_cast<zip_uint64_t>(i), 0, &stat) != 0 || (stat.valid & ZIP_STAT_NAME) == 0)
            continue;
        archive->m_entries.push_back({.name = stat.name,
                                      .size = static_cast<std::int64_t>(stat.size),
                                      .packed = static_cast<std::int64_t>(stat.comp_size),
                                      .encrypted = stat.encryption_method != ZIP_EM_NONE});
    }
    return archive;
}

const ZipArchive::Entry* ZipArchive::find(std::string_view name) const {
    const std::string wanted = contact::asciiLower(withoutSlash(name));
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const Entry& entry) { return contact::asciiLower(withoutSlash(entry.name)) == wanted; });
    return found == m_entries.end() ? nullptr : &*found;
}

Result<std::unique_ptr<ZipArchive::Stream>> ZipArchive::stream(std::string_view name) const {
    const Entry* entry = find(name);
    if (entry == nullptr)
        return fail(ErrorCode::NotFound, std::string(name));
    if (entry->encrypted)
        return fail(ErrorCode::UnsupportedFormat, "an archive with a password");
    zip_file_t* file = zip_fopen(m_handle->zip, entry->name.c_str(), 0);
    if (file == nullptr)
        return fail(ErrorCode::FileUnreadable, entry->name);
    return std::unique_ptr<Stream>(
        new Stream(std::make_unique<Stream::State>(file, m_limits, std::min(entry->packed, m_handle->input.bytes.size()))));
}

Result<std::size_t> ZipArchive::Stream::read(std::span<char> into) {
    State& s = *m_state;
    const zip_int64_t count = zip_fread(s.file, into.data(), into.size());
    if (count < 0)
        return fail(ErrorCode::FileUnreadable, "a damaged zip archive");
    s.done += count;
    if (s.done > s.limits.bytes)
        return fail(ErrorCode::FileTooLarge, "more than " + std::to_string(s.limits.bytes >> 20U) + " MB when unpacked");
    if (s.done > s.limits.ratioFrom && s.done / s.packed > s.limits.ratio)
        return fail(ErrorCode::FileTooLarge, "it unpacks to more than " + std::to_string(s.limits.ratio) + " times its size");
    return static_cast<std::size_t>(count);
}

Result<std::string> ZipArchive::text(std::string_view name, std::size_t atMost) const {
    OUTRIDER_ASSIGN(const auto opened, stream(name));
    std::string all;
    std::array<char, 16384> piece{};
    for (;;) {
        OUTRIDER_ASSIGN(const std::size_t count, opened->read(piece));
        if (count == 0)
            return all;
        if (all.size() + count > atMost)
            return fail(ErrorCode::FileTooLarge, std::string(name) + ": more than " + std::to_string(atMost) + " bytes");
        all.append(piece.data(), count);
    }
}

} // namespace outrider::exchange
