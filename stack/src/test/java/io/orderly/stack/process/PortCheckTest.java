package io.orderly.stack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.backends.FreePort;
import io.orderly.backends.process.ProcessSpec.StopSignal;
import io.orderly.stack.process.ListenPort.Transport;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PortCheckTest {

    @Test
    void acceptsFreePorts() {
        PortCheck.requireFree(List.of(plan("service", FreePort.find())));
    }

    @Test
    void reportsThePortAndItsOption() throws IOException {
        try (ServerSocket socket = listen()) {
            assertThatThrownBy(() -> PortCheck.requireFree(
                            List.of(plan("free", FreePort.find()), plan("service", socket.getLocalPort()))))
                    .isInstanceOf(ProcessFailure.class)
                    .hasMessageContaining("port %d of service is in use", socket.getLocalPort())
                    .hasMessageContaining("--service-port selects another port");
        }
    }

    @Test
    void checksEachPortOfAProcess() throws IOException {
        try (ServerSocket socket = listen()) {
            ProcessPlan plan = new ProcessPlan(
                    "member",
                    List.of(),
                    List.of(
                            new ListenPort(FreePort.find(), "--client-ports"),
                            new ListenPort(socket.getLocalPort(), "--peer-ports")),
                    List::of,
                    Map.of(),
                    StopSignal.TERM,
                    () -> true,
                    () -> {});

            assertThatThrownBy(() -> PortCheck.requireFree(List.of(plan)))
                    .hasMessageContaining("port %d of member is in use", socket.getLocalPort())
                    .hasMessageContaining("--peer-ports selects another port");
        }
    }

    @Test
    void aPortOfUdpIsNotThePortOfTcpWithItsNumber() throws IOException {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            PortCheck.requireFree(List.of(plan("service", socket.getLocalPort())));
            var port = new ListenPort(socket.getLocalPort(), "--port", Transport.UDP);
            ProcessPlan plan = new ProcessPlan(
                    "member", List.of(), List.of(port), List::of, Map.of(), StopSignal.TERM, () -> true, () -> {});

            assertThatThrownBy(() -> PortCheck.requireFree(List.of(plan)))
                    .hasMessageStartingWith("UDP port %d of member is in use by", socket.getLocalPort())
                    .hasMessageNotContaining("unknown process");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void reportsTheProcessThatUsesThePort() throws IOException {
        try (ServerSocket socket = listen()) {
            assertThat(PortCheck.holder(new ListenPort(socket.getLocalPort(), "--port")))
                    .hasValueSatisfying(holder -> assertThat(holder)
                            .startsWith("pid " + ProcessHandle.current().pid() + " (")
                            .contains("java"));
        }
    }

    @Test
    void aFreePortHasNoHolder() {
        assertThat(PortCheck.holder(new ListenPort(FreePort.find(), "--port"))).isEmpty();
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static ProcessPlan plan(String name, int port) {
        return new ProcessPlan(
                name,
                List.of(),
                port,
                "--" + name + "-port",
                List::of,
                Map.of(),
                StopSignal.TERM,
                () -> true,
                () -> {});
    }
}
