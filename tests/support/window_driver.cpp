// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/window_driver.h"

#include <nlohmann/json.hpp>

namespace outrider::test {

using nlohmann::json;

namespace {

constexpr int mostMilliseconds = 120000;

json command(const char* verb) { return {{"do", verb}}; }

std::string utf8(const QString& text) { return text.toStdString(); }

} // namespace

WindowDriver::~WindowDriver() {
    m_process.closeWriteChannel();
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(30000))
        m_process.kill();
    m_process.waitForFinished(5000);
}

bool WindowDriver::open() {
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral(OUTRIDER_SOURCE_DIR "/tests/integration/window/drive"), {});
    return ask({});
}

bool WindowDriver::ask(const std::string& text) {
    if (!text.empty())
        m_process.write(QByteArray::fromStdString(text + "\n"));
    while (!m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(mostMilliseconds)) {
            m_why = "the driver does not answer: " + text;
            return false;
        }
    }
    const json answer = json::parse(m_process.readLine().toStdString(), nullptr, false);
    if (answer.is_discarded() || !answer.value("ok", false)) {
        m_why = text + ": " + answer.dump(-1, ' ', false, json::error_handler_t::replace);
        return false;
    }
    if (answer.contains("name"))
        m_seen = QString::fromStdString(answer["name"].get<std::string>());
    return true;
}

bool WindowDriver::start(const QString& home, const QStringList& arguments) {
    json argv{"env",
              "HOME=" + utf8(home),
              "XDG_DATA_HOME=" + utf8(home) + "/share",
              "XDG_CONFIG_HOME=" + utf8(home) + "/config",
              "LC_ALL=C.UTF-8",
              "TZ=UTC",
              OUTRIDER_WINDOW};
    for (const QString& argument : arguments)
        argv.push_back(utf8(argument));
    json one = command("start");
    one["argv"] = argv;
    return ask(one.dump());
}

bool WindowDriver::kill() { return ask(command("kill").dump()); }

bool WindowDriver::quit() { return ask(command("quit").dump()); }

bool WindowDriver::press(const QString& name) {
    json one = command("press");
    one["name"] = utf8(name);
    return ask(one.dump());
}

bool WindowDriver::focus(const QString& name) {
    json one = command("focus");
    one["name"] = utf8(name);
    return ask(one.dump());
}

bool WindowDriver::put(const QString& name, const QString& text) {
    json one = command("put");
    one["name"] = utf8(name);
    one["text"] = utf8(text);
    return ask(one.dump());
}

bool WindowDriver::keys(const QString& keys) {
    json one = command("keys");
    one["keys"] = utf8(keys);
    return ask(one.dump());
}

bool WindowDriver::type(const QString& text) {
    json one = command("type");
    one["text"] = utf8(text);
    return ask(one.dump());
}

bool WindowDriver::see(const QString& name, double seconds) {
    json one = command("see");
    one["name"] = utf8(name);
    one["patience"] = seconds;
    return ask(one.dump());
}

bool WindowDriver::gone(const QString& name) {
    json one = command("gone");
    one["name"] = utf8(name);
    return ask(one.dump());
}

bool WindowDriver::shot(const QString& file) {
    json one = command("shot");
    one["file"] = utf8(file);
    return ask(one.dump());
}

} // namespace outrider::test
