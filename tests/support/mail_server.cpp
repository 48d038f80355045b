// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/mail_server.h"

#include <QByteArray>
#include <QDateTime>
#include <QMessageAuthenticationCode>
#include <QProcessEnvironment>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <vector>

namespace outrider::test {

namespace {

constexpr int startWithin = 60'000;
constexpr int stopWithin = 30'000;
constexpr int attempts = 3; // a port may be taken between the look and the start

// All at once, so that no two are the same.
std::map<std::string, int> freePorts(const std::vector<std::string>& names) {
    std::map<std::string, int> ports;
    std::vector<int> sockets;
    for (const auto& name : names) {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof(address);
        if (::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0
            && ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0)
            ports[name] = ntohs(address.sin_port);
        sockets.push_back(socket);
    }
    for (const int socket : sockets)
        ::close(socket);
    return ports;
}

QByteArray base64Url(const QByteArray& bytes) {
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace

bool MailServer::start() {
    for (int i = 0; i < attempts; ++i) {
        if (startOnce())
            return true;
        m_process.closeWriteChannel();
        m_process.waitForFinished(stopWithin);
    }
    return false;
}

bool MailServer::startOnce() {
    m_ports = freePorts({"SMTP", "SMTPS", "SUBMISSION", "REMOTE", "IMAP", "IMAPS"});
    QStringList arguments;
    if (::geteuid() != 0)
        arguments << QStringLiteral("sudo") << QStringLiteral("-n");
    arguments << QStringLiteral("env");
    for (const auto& [name, port] : m_ports)
        arguments << QStringLiteral("%1=%2").arg(QString::fromStdString(name)).arg(port);
    arguments << QStringLiteral(OUTRIDER_SOURCE_DIR "/tests/integration/mail/serve");
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(arguments.takeFirst(), arguments);
    if (readLine() != "ready") {
        m_error = "the mail server did not start (it needs root or sudo, and what ./dev setup installs)";
        return false;
    }
    for (std::string line = readLine(); line != "." && !line.empty(); line = readLine()) {
        const auto equals = line.find('=');
        m_facts[line.substr(0, equals)] = line.substr(equals + 1);
    }
    m_error.clear();
    return m_facts.contains("TOKEN_KEY");
}

MailServer::~MailServer() {
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(stopWithin)) {
        m_process.terminate();
        m_process.waitForFinished(stopWithin);
    }
}

std::string MailServer::readLine() {
    while (!m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(startWithin))
            return {};
    }
    return m_process.readLine().trimmed().toStdString();
}

Mailbox MailServer::mailbox(const std::string& user) const {
    Mailbox mailbox;
    mailbox.address = user + "@example.test";
    mailbox.smtp = {"localhost", submissionPort(), TlsMode::StartTls};
    mailbox.imap = {"localhost", imapsPort(), TlsMode::Implicit};
    mailbox.auth = AuthMethod::Plain;
    mailbox.userName = mailbox.address;
    mailbox.caFile = caFile();
    return mailbox;
}

transport::SecretSource MailServer::secret() const {
    return [password = password()]() -> Result<SecureBytes> { return SecureBytes(password); };
}

std::string MailServer::accessToken(const std::string& user, int seconds) const {
    const auto now = QDateTime::currentSecsSinceEpoch();
    const QByteArray name = QByteArray::fromStdString(user + "@example.test");
    const QByteArray head = base64Url(R"({"typ":"JWT","alg":"HS256"})");
    const QByteArray claims =
        base64Url(R"({"sub":")" + name + R"(","email":")" + name + R"(","iat":)" + QByteArray::number(now - 7200) + R"(,"exp":)"
                  + QByteArray::number(now + seconds) + "}");
    const QByteArray signedPart = head + '.' + claims;
    const auto signature = QMessageAuthenticationCode::hash(signedPart, QByteArray::fromStdString(m_facts.at("TOKEN_KEY")),
                                                            QCryptographicHash::Sha256);
    return (signedPart + '.' + base64Url(signature)).toStdString();
}

bool MailServer::recreateFolder(const std::string& user, const std::string& folder) {
    m_process.write(QByteArray::fromStdString("recreate " + user + "@example.test " + folder + "\n"));
    return readLine() == "done";
}

} // namespace outrider::test
