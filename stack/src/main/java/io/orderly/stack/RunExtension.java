package io.orderly.stack;

import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.link.Links;
import io.orderly.stack.process.Supervisor;
import java.util.Map;

/**
 * What a program built on this one adds to {@code ./run}. Its picocli options become options of {@code ./run}; its methods are
 * called in the order in which they stand here.
 */
public interface RunExtension extends AutoCloseable {

    /** Nothing is added. */
    RunExtension NONE = new RunExtension() {};

    /**
     * How the processes reach each other.
     *
     * @throws io.orderly.stack.process.ProcessFailure if it has what it needs not at hand
     */
    default Links links() {
        return Links.DIRECT;
    }

    /** Environment variables that change a service's defaults, by the name of the service. */
    default Map<String, Map<String, String>> settings() {
        return Map.of();
    }

    /**
     * The whole system is ready.
     *
     * @return what to tell the user about it, in lines; empty for nothing
     */
    default String onReady(Supervisor system, DataFolder data) {
        return "";
    }

    /** The system is about to end; called once more than needed is fine. */
    @Override
    default void close() {}
}
