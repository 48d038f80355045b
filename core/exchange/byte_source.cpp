// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/byte_source.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace outrider::exchange {

namespace {

class FileSource final : public ByteSource {
public:
    FileSource(std::ifstream stream, std::string path, std::int64_t size)
        : m_stream(std::move(stream)),
          m_path(std::move(path)),
          m_size(size) {}

    Result<std::size_t> read(std::span<char> into) override {
        m_stream.read(into.data(), static_cast<std::streamsize>(into.size()));
        const auto count = m_stream.gcount();
        m_at += count;
        // Ended early: somebody has cut it off, or is writing it anew.
        if (m_stream.bad() || (m_stream.eof() && m_at < m_size))
            return fail(ErrorCode::FileUnreadable, m_path);
        return static_cast<std::size_t>(count);
    }

    Result<> rewind() override { return seek(0); }

    Result<> seek(std::int64_t offset) override {
        m_stream.clear();
        m_at = offset;
        if (!m_stream.seekg(offset))
            return fail(ErrorCode::FileUnreadable, m_path);
        return {};
    }

    std::int64_t size() const override { return m_size; }

private:
    std::ifstream m_stream;
    std::string m_path;
    std::int64_t m_size;
    std::int64_t m_at = 0;
};

class MemorySource final : public ByteSource {
public:
    explicit MemorySource(std::string bytes) : m_bytes(std::move(bytes)) {}

    Result<std::size_t> read(std::span<char> into) override {
        const std::size_t count = std::min(into.size(), m_bytes.size() - m_at);
        std::memcpy(into.data(), m_bytes.data() + m_at, count);
        m_at += count;
        return count;
    }

    Result<> rewind() override { return seek(0); }

    Result<> seek(std::int64_t offset) override {
        m_at = std::min(static_cast<std::size_t>(offset), m_bytes.size());
        return {};
    }

    std::int64_t size() const override { return static_cast<std::int64_t>(m_bytes.size()); }

private:
    std::string m_bytes;
    std::size_t m_at = 0;
};

} // namespace

Result<> ByteSource::seek(std::int64_t offset) {
    OUTRIDER_TRY(rewind());
    std::array<char, 4096> skipped{};
    for (std::int64_t left = offset; left > 0;) {
        const std::size_t part = std::min(skipped.size(), static_cast<std::size_t>(left));
        OUTRIDER_ASSIGN(const std::size_t count, read(std::span(skipped).first(part)));
        if (count == 0)
            break;
        left -= static_cast<std::int64_t>(count);
    }
    return {};
}

Result<std::unique_ptr<ByteSource>> openFile(const std::string& path) {
    const std::filesystem::path file(std::u8string(path.begin(), path.end()));
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (!std::filesystem::exists(status))
        return fail(ErrorCode::FileNotFound, path, error.value());
    if (!std::filesystem::is_regular_file(status))
        return fail(ErrorCode::FileUnreadable, path);
    const auto size = std::filesystem::file_size(file, error);
    std::ifstream stream(file, std::ios::binary);
    if (error || !stream)
        return fail(ErrorCode::FileUnreadable, path, error.value());
    return std::make_unique<FileSource>(std::move(stream), path, static_cast<std::int64_t>(size));
}

std::unique_ptr<ByteSource> fromMemory(std::string bytes) { return std::make_unique<MemorySource>(std::move(bytes)); }

} // namespace outrider::exchange
