package io.orderly.lab.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.orderly.backends.process.ProcessSpec.StopSignal;
import io.orderly.coordinator.fault.FaultFile;
import io.orderly.lab.fault.Fault.FullDisk;
import io.orderly.lab.fault.Fault.Isolation;
import io.orderly.lab.fault.Fault.Kill;
import io.orderly.lab.fault.Fault.PauseAt;
import io.orderly.stack.coordinator.CoordinatorCluster;
import io.orderly.stack.link.Link;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.ProcessFolder;
import io.orderly.stack.process.ProcessPlan;
import io.orderly.stack.process.Supervisor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of coordinators: processes that sleep, and servers that answer for them. */
class FaultInjectorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Link PEERS = new Link("coordinator-1", "coordinator-2");
    private static final Link CLIENT = new Link("order-service", "coordinator-2");
    private static final Link OTHER = new Link("order-service", "coordinator-3");

    @TempDir
    private Path folder;

    private final List<HttpServer> servers = new ArrayList<>();
    private final Map<String, String> statuses = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final ProxiedLinks links = new ProxiedLinks(1);
    private Supervisor supervisor;
    private FaultInjector faults;

    @BeforeEach
    void start() throws IOException {
        List<ProcessPlan> plans = new ArrayList<>();
        for (String member : CoordinatorCluster.MEMBERS) {
            plans.add(sleeper(member, server(member).getAddress().getPort()));
        }
        supervisor = new Supervisor(plans, ProcessFolder.under(folder), new Supervisor.Listener() {
            @Override
            public void ready(ManagedProcess ready, Duration sinceStart) {}

            @Override
            public void died(ManagedProcess dead, String explanation) {}
        });
        supervisor.start(PATIENCE);
        faults = new FaultInjector(supervisor.processes(), links, folder::resolve);
    }

    @AfterEach
    void stop() {
        faults.close();
        supervisor.stop();
        links.close();
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void theLeaderIsTheMemberThatLeadsInTheHighestTerm() {
        statuses.put("coordinator-1", status(1, 1, 4)); // does not know yet that another one has followed
        statuses.put("coordinator-2", status(2, 3, 5));
        statuses.put("coordinator-3", status(3, 3, 5));

        InjectedFault kill = faults.inject(new Kill(FaultInjector.COORDINATOR_LEADER));

        assertThat(supervisor.process("coordinator-3").pid()).isEmpty();
        assertThat(supervisor.process("coordinator-1").pid()).isPresent();
        assertThat(supervisor.process("coordinator-2").pid()).isPresent();
        kill.heal();
        assertThat(supervisor.process("coordinator-3").pid()).isPresent();
    }

    @Test
    void withoutALeaderItCannotBeKilled() {
        statuses.put("coordinator-1", status(1, 0, 4));

        assertThatExceptionOfType(FaultInjectionException.class)
                .isThrownBy(() -> faults.inject(new Kill(FaultInjector.COORDINATOR_LEADER)))
                .withMessageContaining("no coordinator leads")
                .satisfies(e -> assertThat(e.field()).isEqualTo("process"));
        assertThat(faults.processes()).contains(FaultInjector.COORDINATOR_LEADER);
    }

    @Test
    void aCoordinatorThatHasFaultsIsToldThatItsDiskIsFull() throws IOException {
        FaultFile file = FaultFile.open(FaultFile.beside(folder.resolve("coordinator-2")));

        InjectedFault fullDisk = faults.inject(new FullDisk("coordinator-2"));

        assertThat(file.isDiskFull()).isTrue();
        assertThat(fullDisk.verifyTookEffect().tookEffect())
                .as("no member has used the disk")
                .isFalse();
        fullDisk.heal();
        assertThat(file.isDiskFull()).isFalse();
    }

    @Test
    void anIsolatedProcessIsCutOffFromAllOthers() throws IOException {
        try (ServerSocket target = echo()) {
            int peers = links.portOf(PEERS, target.getLocalPort());
            int client = links.portOf(CLIENT, target.getLocalPort());
            int other = links.portOf(OTHER, target.getLocalPort());

            InjectedFault isolation = faults.inject(new Isolation("coordinator-2"));

            try (Socket first = send(peers);
                    Socket second = send(client);
                    Socket third = send(other)) {
                assertThat(isAnswered(third, PATIENCE)).isTrue();
                assertThat(isAnswered(first, Duration.ofMillis(100))).isFalse();
                assertThat(isAnswered(second, Duration.ofMillis(100))).isFalse();
                assertThat(isolation.verifyTookEffect())
                        .isEqualTo(new Effect(true, "packets were delayed on 2 of 2 links"));
                isolation.heal();
                assertThat(isAnswered(first, PATIENCE)).isTrue();
                assertThat(isAnswered(second, PATIENCE)).isTrue();
            }
        }
    }

    /** The server suspends its process when it receives the fault, before it answers or after. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServiceThatHasSuspendedItselfContinuesWhenTheFaultIsHealed(boolean answers) {
        long pid = supervisor.process("coordinator-1").pid().orElseThrow();
        servers.getFirst().createContext("/actuator/faults/pause", exchange -> {
            requests.add(exchange.getRequestMethod());
            if (exchange.getRequestMethod().equals("PUT")) {
                requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                ProcessSignal.STOP.send(pid);
            }
            if (answers || exchange.getRequestMethod().equals("DELETE")) {
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            }
        });

        InjectedFault pause = faults.inject("pause", new PauseAt("coordinator-1", "here", 2));

        await().atMost(PATIENCE)
                .until(
                        pause::verifyTookEffect,
                        new Effect(true, "pid %d was suspended at here".formatted(pid))::equals);
        pause.heal();
        await().atMost(PATIENCE).until(() -> !ProcessFaults.isStopped(pid));
        assertThat(pause.verifyTookEffect().tookEffect()).isTrue();
        assertThat(requests).containsExactly("PUT", "{\"fault\":\"pause\",\"point\":\"here\",\"passing\":2}", "DELETE");
    }

    @Test
    void aProcessWithoutLinksCannotBeIsolated() {
        assertThatExceptionOfType(FaultInjectionException.class)
                .isThrownBy(() -> faults.inject(new Isolation("coordinator-1")))
                .withMessageContaining("coordinator-1 has none");
    }

    private HttpServer server(String member) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v3/maintenance/status", exchange -> {
            byte[] body = statuses.getOrDefault(member, "").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(body.length == 0 ? 503 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return server;
    }

    private static String status(int member, int leader, int term) {
        return """
                {"header": {"member_id": "%d"}, "leader": "%d", "raftTerm": "%d"}""".formatted(member, leader, term);
    }

    private static ProcessPlan sleeper(String name, int port) {
        return new ProcessPlan(
                name,
                List.of(),
                port,
                "--port",
                () -> List.of("sleep", "600"),
                Map.of(),
                StopSignal.TERM,
                () -> true,
                () -> {});
    }

    private static ServerSocket echo() throws IOException {
        ServerSocket target = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!target.isClosed()) {
                try {
                    Socket socket = target.accept();
                    Thread.ofVirtual().start(() -> {
                        try (socket) {
                            socket.getInputStream().transferTo(socket.getOutputStream());
                        } catch (IOException closed) {
                            // the test has ended
                        }
                    });
                } catch (IOException closed) {
                    return;
                }
            }
        });
        return target;
    }

    private static Socket send(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(7);
        return socket;
    }

    private static boolean isAnswered(Socket socket, Duration timeout) throws IOException {
        socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
        try {
            return socket.getInputStream().read() == 7;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
