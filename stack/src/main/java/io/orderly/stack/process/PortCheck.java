package io.orderly.stack.process;

import io.orderly.stack.process.ListenPort.Transport;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks whether a port is in use and, on Linux, by which process. */
public final class PortCheck {

    /** The tables of sockets by transport, and the state of those that wait for connections or messages. */
    private static final Map<Transport, List<String>> TABLES = Map.of(
            Transport.TCP, List.of("/proc/net/tcp", "/proc/net/tcp6"),
            Transport.UDP, List.of("/proc/net/udp", "/proc/net/udp6"));

    private static final Map<Transport, String> LISTENING = Map.of(Transport.TCP, "0A", Transport.UDP, "07");

    private PortCheck() {}

    /**
     * Checks that the ports of all processes are free.
     *
     * @throws ProcessFailure if a port is in use; the message contains each port, the process that uses it, if known,
     *     and the option that selects another port
     */
    public static void requireFree(List<ProcessPlan> plans) {
        String taken = plans.stream()
                .flatMap(
                        plan -> plan.ports().stream().filter(PortCheck::isInUse).map(port -> explanation(plan, port)))
                .collect(Collectors.joining("\n"));
        if (!taken.isEmpty()) {
            throw new ProcessFailure(taken);
        }
    }

    private static String explanation(ProcessPlan plan, ListenPort port) {
        return "%sport %d of %s is in use by %s; %s selects another port"
                .formatted(
                        port.transport() == Transport.TCP ? "" : port.transport() + " ",
                        port.number(),
                        plan.name(),
                        holder(port).orElse("an unknown process"),
                        port.option());
    }

    private static boolean isInUse(ListenPort port) {
        return switch (port.transport()) {
            case TCP -> isInUse(port.number());
            case UDP -> isInUseByUdp(port.number());
        };
    }

    private static boolean isInUseByUdp(int port) {
        try (DatagramSocket _ = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    /** Whether a process listens on the port of TCP. */
    public static boolean isInUse(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * The pid and command line of the process that listens on a port; on Linux only, and only for visible processes.
     */
    static Optional<String> holder(ListenPort port) {
        Set<String> sockets = TABLES.get(port.transport()).stream()
                .flatMap(table -> listeningSockets(Path.of(table), port))
                .collect(Collectors.toSet());
        return sockets.isEmpty()
                ? Optional.empty()
                : ProcessHandle.allProcesses()
                        .filter(process -> holdsAny(process, sockets))
                        .findFirst()
                        .map(process -> "pid %d (%s)".formatted(process.pid(), commandLine(process)));
    }

    /** The inodes of listening sockets, in the format of a process's file descriptors. */
    private static Stream<String> listeningSockets(Path table, ListenPort port) {
        String localPort = ":%04X".formatted(port.number());
        String listening = LISTENING.get(port.transport());
        try {
            return Files.readAllLines(table).stream()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(columns ->
                            columns.length > 9 && columns[1].endsWith(localPort) && columns[3].equals(listening))
                    .map(columns -> "socket:[" + columns[9] + "]");
        } catch (IOException notLinux) {
            return Stream.empty();
        }
    }

    private static boolean holdsAny(ProcessHandle process, Set<String> sockets) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return descriptors.anyMatch(descriptor -> isAny(descriptor, sockets));
        } catch (IOException notOurs) {
            return false;
        }
    }

    private static boolean isAny(Path descriptor, Set<String> sockets) {
        try {
            return sockets.contains(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private static String commandLine(ProcessHandle process) {
        String commandLine = process.info().commandLine().orElse("command unknown");
        return commandLine.length() <= 100 ? commandLine : commandLine.substring(0, 97) + "...";
    }
}
