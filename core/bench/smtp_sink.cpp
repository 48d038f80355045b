// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/smtp_sink.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <memory>
#include <string_view>

namespace outrider::bench {

namespace {

template <auto Free>
struct Freed {
    template <typename T>
    void operator()(T* object) const {
        Free(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;

bool addExtension(X509* certificate, int nid, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>> extension(
        X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

Certificate selfSigned(EVP_PKEY* key) {
    Certificate certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 24 * 3600);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("bench"), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    const bool complete = addExtension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE")
                          && addExtension(certificate.get(), NID_subject_alt_name, "IP:127.0.0.1");
    return complete && X509_sign(certificate.get(), key, EVP_sha256()) != 0 ? std::move(certificate) : nullptr;
}

} // namespace

struct SmtpSink::Keys {
    std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>> context;
};

// One connection, plain or not.
class SmtpSink::Link {
public:
    Link(int socket, SSL_CTX* context) : m_socket(socket) {
        if (context == nullptr)
            return;
        m_tls.reset(SSL_new(context));
        SSL_set_fd(m_tls.get(), socket);
        m_broken = SSL_accept(m_tls.get()) != 1;
    }

    bool write(std::string_view text) {
        if (m_tls)
            return SSL_write(m_tls.get(), text.data(), static_cast<int>(text.size())) > 0;
        return ::send(m_socket, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
    }
    // Adds what has come; false at the end.
    bool read(std::string& to) {
        if (m_broken)
            return false;
        const auto size = m_tls ? static_cast<ssize_t>(SSL_read(m_tls.get(), m_buffer.data(), static_cast<int>(m_buffer.size())))
                                : ::recv(m_socket, m_buffer.data(), m_buffer.size(), 0);
        if (size <= 0)
            return false;
        to.append(m_buffer.data(), static_cast<std::size_t>(size));
        return true;
    }

private:
    const int m_socket;
    std::unique_ptr<SSL, Freed<SSL_free>> m_tls;
    bool m_broken = false;
    std::array<char, 32768> m_buffer{};
};

SmtpSink::SmtpSink(Tls tls, Watch watch) : m_tls(tls), m_watch(std::move(watch)) {}

SmtpSink::~SmtpSink() {
    m_stopping = true;
    if (m_listening >= 0)
        ::shutdown(m_listening, SHUT_RDWR);
    if (const int connection = m_connection; connection >= 0)
        ::shutdown(connection, SHUT_RDWR);
    if (m_thread.joinable())
        m_thread.join();
    if (m_listening >= 0)
        ::close(m_listening);
}

Result<> SmtpSink::start(const std::string& folder) {
    if (m_tls == Tls::On) {
        m_caFile = folder + "/sink.pem";
        OUTRIDER_TRY(makeCertificate());
    }
    m_listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (m_listening < 0 || ::bind(m_listening, reinterpret_cast<const sockaddr*>(&address), size) != 0
        || ::listen(m_listening, 8) != 0 || ::getsockname(m_listening, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        return fail(ErrorCode::Internal, "no port on loopback");
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { serve(); });
    return {};
}

Result<> SmtpSink::makeCertificate() {
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate = key ? selfSigned(key.get()) : nullptr;
    m_keys = std::make_unique<Keys>();
    m_keys->context.reset(SSL_CTX_new(TLS_server_method()));
    const std::unique_ptr<std::FILE, Freed<std::fclose>> file(std::fopen(m_caFile.c_str(), "w"));
    const bool complete =
        certificate && m_keys->context && file && SSL_CTX_use_certificate(m_keys->context.get(), certificate.get()) == 1
        && SSL_CTX_use_PrivateKey(m_keys->context.get(), key.get()) == 1 && PEM_write_X509(file.get(), certificate.get()) == 1;
    return complete ? Result<>() : fail(ErrorCode::Internal, "no certificate");
}

void SmtpSink::serve() {
    while (!m_stopping) {
        const int connection = ::accept(m_listening, nullptr, nullptr);
        if (connection < 0)
            return;
        const int on = 1;
        ::setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        m_connection = connection;
        if (!m_stopping) {
            Link link(connection, m_keys ? m_keys->context.get() : nullptr);
            converse(link);
        }
        m_connection = -1;
        ::close(connection);
    }
}

void SmtpSink::converse(Link& link) {
    using namespace std::string_view_literals;
    constexpr auto endOfMessage = "\r\n.\r\n"sv;
    std::string in;
    bool inMessage = false;
    std::size_t looked = 0;
    if (!reached(At::Connected) || !link.write("220 sink.example ESMTP\r\n"))
        return;
    while (link.read(in)) {
        if (inMessage && !reached(At::Body))
            return;
        for (;;) {
            const auto end = inMessage ? in.find(endOfMessage, looked) : in.find("\r\n"sv);
            if (end == std::string::npos) {
                looked = in.size() > endOfMessage.size() ? in.size() - endOfMessage.size() : 0;
                break;
            }
            std::string_view reply = "250 2.0.0 Ok\r\n";
            bool goesOn = true;
            const bool taken = inMessage;
            if (inMessage) {
                in.erase(0, end + endOfMessage.size());
                inMessage = false;
                goesOn = reached(At::Dot);
                if (goesOn) {
                    ++m_taken;
                    goesOn = reached(At::Taken);
                }
            } else {
                const std::string line = in.substr(0, end);
                const std::string_view verb = std::string_view(line).substr(0, 4);
                in.erase(0, end + 2);
                if (verb == "MAIL") {
                    goesOn = reached(At::Mail);
                } else if (verb == "RCPT") {
                    const auto from = line.find('<');
                    m_recipient = line.substr(from + 1, line.find('>') - from - 1);
                    goesOn = reached(At::Rcpt);
                } else if (verb == "DATA") {
                    inMessage = true;
                    reply = "354 Go on\r\n";
                    in.insert(0, "\r\n"); // so that an empty message ends like any other
                    goesOn = reached(At::Data);
                } else if (verb == "EHLO") {
                    reply = "250-sink.example\r\n250 8BITMIME\r\n";
                } else if (verb == "QUIT") {
                    static_cast<void>(link.write("221 2.0.0 Bye\r\n"));
                    return;
                }
            }
            looked = 0;
            if (!goesOn || !link.write(reply) || (taken && !reached(At::Answered)))
                return;
        }
    }
}

} // namespace outrider::bench
