package io.orderly.stack;

import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.link.Links;
import io.orderly.stack.process.Supervisor;
import java.util.Map;

/**
 * An extension of {@code ./run}. Its picocli options become options of {@code ./run}; its methods are called in the
 * order of their declaration.
 */
public interface RunExtension extends AutoCloseable {

    /** An extension without any effect. */
    RunExtension NONE = new RunExtension() {};

    /** The name of the console in {@link #settings}. */
    String CONSOLE = "console";

    /**
     * How the processes connect to each other.
     *
     * @throws io.orderly.stack.process.ProcessFailure if a prerequisite is missing
     */
    default Links links() {
        return Links.DIRECT;
    }

    /** Environment variables that change the defaults of a service or of the console, by its name. */
    default Map<String, Map<String, String>> settings() {
        return Map.of();
    }

    /**
     * Called when all processes are ready.
     *
     * @return lines to print; may be empty
     */
    default String onReady(Supervisor system, DataFolder data) {
        return "";
    }

    /**
     * Called by {@code --check} when all orders have ended: checks the data of the system.
     *
     * @return lines to print; may be empty
     * @throws io.orderly.stack.process.ProcessFailure if the data contradict each other
     */
    default String audit(Ports ports) throws InterruptedException {
        return "";
    }

    /** Called before the system is stopped. Idempotent. */
    @Override
    default void close() {}
}
