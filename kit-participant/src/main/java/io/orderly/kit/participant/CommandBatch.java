package io.orderly.kit.participant;

import io.orderly.contracts.Command;
import io.orderly.kit.messaging.TraceParent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The commands that are handled in one transaction.
 *
 * @param <C> the sealed family of the commands
 */
public final class CommandBatch<C extends Command> {

    private final List<C> commands;
    private final Map<C, TraceParent> traceParents;

    private CommandBatch(List<C> commands, Map<C, TraceParent> traceParents) {
        this.commands = commands;
        this.traceParents = traceParents;
    }

    /**
     * Creates a batch of commands that were not received as messages.
     *
     * @param traceParent the trace context of all commands; null if there is none
     */
    public static <C extends Command> CommandBatch<C> of(List<C> commands, @Nullable TraceParent traceParent) {
        Builder<C> batch = new Builder<>();
        commands.forEach(command -> batch.add(command, traceParent));
        return batch.build();
    }

    /** The commands in order of delivery; at least one, and at most one for each (order, step). */
    public List<C> commands() {
        return commands;
    }

    /** The trace context of a command of this batch; null if there is none. */
    public @Nullable TraceParent traceParent(C command) {
        return traceParents.get(command);
    }

    static final class Builder<C extends Command> {

        private final List<C> commands = new ArrayList<>();
        private final Map<C, TraceParent> traceParents = new IdentityHashMap<>();

        void add(C command, @Nullable TraceParent traceParent) {
            commands.add(command);
            if (traceParent != null) {
                traceParents.put(command, traceParent);
            }
        }

        CommandBatch<C> build() {
            return new CommandBatch<>(Collections.unmodifiableList(commands), traceParents);
        }
    }
}
