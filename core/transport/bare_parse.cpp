// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/bare_parse.h"

#include "core/transport/gmime_library.h"

namespace outrider::transport {

std::size_t bareParse(std::string_view raw) {
    useGMime();
    const GObjectPtr<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(raw.data(), raw.size()));
    const GObjectPtr<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    const GObjectPtr<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
    if (message == nullptr)
        return 0;
    std::size_t parts = 0;
    g_mime_message_foreach(
        message.get(), [](GMimeObject*, GMimeObject*, void* count) { ++*static_cast<std::size_t*>(count); }, &parts);
    return parts;
}

} // namespace outrider::transport
