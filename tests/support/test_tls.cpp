// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/test_tls.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace outrider::test {

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

[[noreturn]] void broken(const char* what) {
    std::fprintf(stderr, "test TLS: %s\n", what);
    std::abort();
}

void addExtension(X509* certificate, int nid, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>> extension(
        X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    if (!extension || X509_add_ext(certificate, extension.get(), -1) != 1)
        broken("an extension");
}

Certificate selfSigned(EVP_PKEY* key, TestTls::Kind kind) {
    constexpr long hour = 3600;
    Certificate certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -48 * hour);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kind == TestTls::Kind::Expired ? -hour : 24 * hour);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    addExtension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    addExtension(certificate.get(), NID_subject_alt_name,
                 kind == TestTls::Kind::OtherHost ? "DNS:mail.other.example" : "IP:127.0.0.1,DNS:localhost");
    if (X509_sign(certificate.get(), key, EVP_sha256()) == 0)
        broken("a signature");
    return certificate;
}

class TlsWire final : public FaultSmtpServer::Wire {
public:
    explicit TlsWire(SSL* ssl) : m_ssl(ssl) {}
    long read(char* to, std::size_t room) override { return SSL_read(m_ssl.get(), to, static_cast<int>(room)); }
    long write(const char* from, std::size_t size) override { return SSL_write(m_ssl.get(), from, static_cast<int>(size)); }

private:
    std::unique_ptr<SSL, Freed<SSL_free>> m_ssl;
};

} // namespace

struct TestTls::Context {
    std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>> ssl;
};

TestTls::TestTls(Kind kind, const std::string& folder)
    : m_context(std::make_unique<Context>()),
      m_caFile(folder + "/test-ca.pem") {
    std::signal(SIGPIPE, SIG_IGN); // OpenSSL writes without MSG_NOSIGNAL
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate = selfSigned(key.get(), kind);
    m_context->ssl.reset(SSL_CTX_new(TLS_server_method()));
    if (SSL_CTX_use_certificate(m_context->ssl.get(), certificate.get()) != 1
        || SSL_CTX_use_PrivateKey(m_context->ssl.get(), key.get()) != 1)
        broken("the context");
    const Key otherKey(EVP_EC_gen("P-256"));
    const Certificate other = selfSigned(otherKey.get(), Kind::Good);
    const std::unique_ptr<std::FILE, Freed<std::fclose>> file(std::fopen(m_caFile.c_str(), "w"));
    if (!file || PEM_write_X509(file.get(), kind == Kind::Unknown ? other.get() : certificate.get()) != 1)
        broken("the file of certificates");
}

TestTls::~TestTls() = default;

FaultSmtpServer::Handshake TestTls::handshake() const {
    return [context = m_context->ssl.get()](int socket) -> std::unique_ptr<FaultSmtpServer::Wire> {
        std::unique_ptr<SSL, Freed<SSL_free>> ssl(SSL_new(context));
        SSL_set_fd(ssl.get(), socket);
        if (SSL_accept(ssl.get()) != 1)
            return nullptr;
        return std::make_unique<TlsWire>(ssl.release());
    };
}

} // namespace outrider::test
