package io.orderly.backends.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A running child process that ends when this JVM does, even when this JVM is killed. */
public final class LeashedProcess {

    private static final String LEASH = script();

    private final Process leash;
    private final long pid;

    /**
     * Requested while the leash certainly exists. {@link Process#onExit} of a process that has ended looks at its pid again, and waits for a thread or
     * a process that has the same number by then.
     */
    private final CompletableFuture<Integer> exit;

    private LeashedProcess(Process leash, long pid) {
        this.leash = leash;
        this.pid = pid;
        exit = leash.onExit().thenApply(Process::exitValue);
    }

    /**
     * Starts a process. A program that does not exist is not an error here; the process exits with code 127.
     *
     * @throws UncheckedIOException if the leash itself cannot be started
     */
    public static LeashedProcess start(ProcessSpec spec) {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                LEASH,
                "leash",
                spec.log().toString(),
                spec.stopSignal().name(),
                Long.toString(spec.grace().plusMillis(999).toSeconds()),
                spec.pidFile().toString(),
                String.join(" ", spec.dependents())));
        command.addAll(spec.command());
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(spec.environment());
            Process leash = builder.start();
            String pid = leash.inputReader(StandardCharsets.UTF_8).readLine();
            if (pid == null) {
                throw new IOException("the leash of " + spec.command().getFirst() + " ended before it began");
            }
            return new LeashedProcess(leash, Long.parseLong(pid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process itself, not its leash. */
    public long pid() {
        return pid;
    }

    public boolean isAlive() {
        return leash.isAlive();
    }

    /** Completes with the exit code when the process has ended; 128 + n if signal n ended it. */
    public CompletableFuture<Integer> onExit() {
        return exit.copy();
    }

    /** Requests the process to end, kills it after its grace period, and returns when it has ended. */
    public void stop() {
        requestStop();
        exit.join();
    }

    /** Requests the process to end and returns at once. */
    public void requestStop() {
        try (OutputStream line = leash.getOutputStream()) {
            line.write('\n');
        } catch (IOException e) {
            // The pipe is closed: the process has ended, or the request has been sent already.
        }
    }

    /** Ends the process with SIGKILL and returns when it has ended. */
    public void kill() {
        if (leash.isAlive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
        exit.join();
    }

    private static String script() {
        try (InputStream script = LeashedProcess.class.getResourceAsStream("leash.sh")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
