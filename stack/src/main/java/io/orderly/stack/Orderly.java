package io.orderly.stack;

import io.orderly.stack.process.ProcessFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(name = "./run", subcommands = EventsCommand.class)
final class Orderly extends RunCommand {

    private static final int FAILED = 1;

    public static void main(String[] args) {
        CommandLine commandLine = new CommandLine(new Orderly());
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof ProcessFailure) {
                System.err.println("\n" + failure.getMessage());
            } else {
                failure.printStackTrace();
            }
            return FAILED;
        });
        System.exit(commandLine.execute(args));
    }
}
