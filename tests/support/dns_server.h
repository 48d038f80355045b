// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace outrider::test {

// A DNS server on a free loopback port, over UDP and TCP, that answers from what a test wrote: what is not there does
// not exist (NXDOMAIN), and a name may have a fault instead. A thread of its own.
class DnsServer {
public:
    enum class Fault {
        None,
        ServerFailed,
        Refused,
        Silent,
        Truncated, // over UDP; whole over TCP
        Garbage,   // bytes that are no answer
        CutOff,    // an answer that ends in the middle of a record
    };

    DnsServer();
    ~DnsServer();
    DnsServer(const DnsServer&) = delete;
    DnsServer& operator=(const DnsServer&) = delete;

    // "TXT", "MX" ("10 mx.example"), "A", "AAAA", "PTR" (the name as asked: "1.2.0.192.in-addr.arpa"), "CNAME".
    void add(const std::string& name, const std::string& type, const std::string& value);
    void clear(const std::string& name);
    void setFault(const std::string& name, Fault fault);

    std::string address() const;                // "127.0.0.1:12345"
    std::vector<std::string> questions() const; // "TXT example.test", in order; over TCP "tcp TXT …"

private:
    void loop();
    std::string answer(const std::string& query, bool tcp);
    void serveTcp(int socket);

    int m_udp = -1;
    int m_tcp = -1;
    int m_wake[2] = {-1, -1};
    int m_port = 0;
    std::multimap<std::string, std::pair<std::string, std::string>> m_records; // by name: type and value
    std::map<std::string, Fault> m_faults;
    std::vector<std::string> m_questions;
    mutable std::mutex m_mutex; // the three above
    std::thread m_thread;
};

} // namespace outrider::test
