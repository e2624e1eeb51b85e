package io.orderly.stack;

import io.orderly.stack.process.ProcessFailure;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of {@code ./run}. Programs that are built on this module add their own commands. */
@Command(
        name = "./run",
        subcommands = {
            EventsCommand.class,
            OrderCommand.class,
            MembersCommand.class,
            SettingsCommand.class,
            LessonCommand.class,
            NewCommand.class
        })
public final class OrderlyApplication extends RunCommand {

    private OrderlyApplication(RunExtension extension) {
        super(extension);
    }

    public static void main(String[] args) {
        System.exit(commandLine(List.of()).execute(args));
    }

    /** @param more additional commands */
    public static CommandLine commandLine(List<?> more) {
        return commandLine(more, RunExtension.NONE);
    }

    /**
     * @param more additional commands
     * @param extension an extension of the run command, with its options
     */
    public static CommandLine commandLine(List<?> more, RunExtension extension) {
        CommandLine commandLine = new CommandLine(new OrderlyApplication(extension));
        if (extension != RunExtension.NONE) {
            commandLine.addMixin("extension", extension);
        }
        more.forEach(commandLine::addSubcommand);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof ProcessFailure) {
                System.err.println("\n" + failure.getMessage());
            } else {
                failure.printStackTrace();
            }
            return command.getCommandSpec().exitCodeOnExecutionException();
        });
        return commandLine;
    }
}
