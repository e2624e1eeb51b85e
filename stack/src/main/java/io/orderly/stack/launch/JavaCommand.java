package io.orderly.stack.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines for the JDK of this process. */
public final class JavaCommand {

    private JavaCommand() {}

    /** The {@code java} program. */
    public static String program() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The command line that runs a class from this process's class path. */
    public static List<String> mainClass(List<String> options, String mainClass, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program()));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The command line that runs an executable jar. */
    public static List<String> jar(List<String> options, Path jar) {
        List<String> command = new ArrayList<>(List.of(program()));
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }
}
