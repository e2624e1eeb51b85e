package io.orderly.lab.coordinator;

import io.orderly.backends.FreePort;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a member listens on the loopback interface.
 *
 * @param number from 1
 * @param client for gRPC
 * @param peer for the other members
 * @param http for its state of health
 */
public record MemberPorts(int number, int client, int peer, int http) {

    static List<MemberPorts> free(int members) {
        return IntStream.rangeClosed(1, members)
                .mapToObj(number -> new MemberPorts(number, FreePort.find(), FreePort.find(), FreePort.find()))
                .toList();
    }

    String name() {
        return "member-" + number;
    }
}
