package io.orderly.stack.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines for the JDK that runs this process. */
public final class JavaCommand {

    private JavaCommand() {}

    /** The {@code java} program. */
    public static String program() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Runs a class of this process's own class path. */
    public static List<String> mainClass(List<String> options, String mainClass, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program()));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs an executable jar. */
    public static List<String> jar(List<String> options, Path jar) {
        List<String> command = new ArrayList<>(List.of(program()));
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }
}
