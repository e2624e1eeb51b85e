package io.orderly.lab.system;

import java.nio.file.Path;

/**
 * The data folder of the tests that start a system. It is that of the tests of the module stack, whose unpacked programs and class
 * archive are used again.
 */
public final class SystemFolder {

    /** The name of a {@link org.junit.jupiter.api.parallel.ResourceLock}, because one system at a time can use the folder. */
    public static final String LOCK = "system folder";

    public static final Path PATH =
            Path.of("..", "stack", "target", "system").toAbsolutePath().normalize();

    private SystemFolder() {}
}
