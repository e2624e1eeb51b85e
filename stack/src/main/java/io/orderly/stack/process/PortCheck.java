package io.orderly.stack.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks whether a port is in use and, on Linux, by which process. */
public final class PortCheck {

    private static final String LISTENING = "0A";

    private PortCheck() {}

    /**
     * Checks that the ports of all processes are free.
     *
     * @throws ProcessFailure if a port is in use; the message contains each port, the process that uses it, if known,
     *     and the option that selects another port
     */
    public static void requireFree(List<ProcessPlan> plans) {
        String taken = plans.stream()
                .flatMap(plan -> plan.ports().stream()
                        .filter(port -> isInUse(port.number()))
                        .map(port -> explanation(plan, port)))
                .collect(Collectors.joining("\n"));
        if (!taken.isEmpty()) {
            throw new ProcessFailure(taken);
        }
    }

    private static String explanation(ProcessPlan plan, ListenPort port) {
        return "port %d of %s is in use by %s; %s selects another port"
                .formatted(
                        port.number(), plan.name(), holder(port.number()).orElse("an unknown process"), port.option());
    }

    /** Whether a process listens on the port. */
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
    static Optional<String> holder(int port) {
        Set<String> sockets = Stream.of("/proc/net/tcp", "/proc/net/tcp6")
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
    private static Stream<String> listeningSockets(Path table, int port) {
        String localPort = ":%04X".formatted(port);
        try {
            return Files.readAllLines(table).stream()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(columns ->
                            columns.length > 9 && columns[1].endsWith(localPort) && columns[3].equals(LISTENING))
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
