package io.orderly.antipatterns;

import io.orderly.chaos.CrashPoint;
import io.orderly.chaos.CrashPoints;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Crash points controlled by a test. A crash aborts only the current call, as if its process had died. */
public final class TestCrashPoints implements CrashPoints {

    private final Map<String, Runnable> actions = new ConcurrentHashMap<>();

    /** An {@code Error}, so that exception handlers do not handle it. */
    static final class Crash extends Error {}

    @Override
    public CrashPoint named(String name) {
        return () -> {
            Runnable action = actions.remove(name);
            if (action != null) {
                action.run();
            }
        };
    }

    public void crashOnceAt(String name) {
        actions.put(name, () -> {
            throw new Crash();
        });
    }

    public void doOnceAt(String name, Runnable action) {
        actions.put(name, action);
    }
}
