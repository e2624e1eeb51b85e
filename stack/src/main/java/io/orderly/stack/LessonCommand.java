package io.orderly.stack;

import io.orderly.contracts.Printable;
import io.orderly.stack.lesson.LessonClient;
import io.orderly.stack.lesson.LessonState;
import io.orderly.stack.process.ProcessFailure;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code ./run lesson}: lists the guided lessons, or runs one. The console runs it; this command shows it, as the page does. */
@Command(
        name = "lesson",
        mixinStandardHelpOptions = true,
        description = "Lists the guided lessons, or runs one on the system that ./run --faults has started. "
                + "The exit code is 0 if everything happened that the lesson looks for.")
final class LessonCommand implements Callable<Integer> {

    private static final long POLL_MILLIS = 300;
    private static final int LINE_LENGTH = 100;
    private static final int MAX_INDENT = 6;
    private static final int MAX_TEXT = 4_000;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "<number>", description = "the lesson; without it, all are listed")
    private @Nullable Integer number;

    @Option(names = "--yes", description = "do not ask for a prediction; this is so too without a terminal")
    private boolean yes;

    @Mixin
    private Ports ports = new Ports();

    private final @Nullable Reader terminal;

    LessonCommand() {
        this(terminal());
    }

    /** @param terminal where a person types; null if there is none */
    LessonCommand(@Nullable Reader terminal) {
        this.terminal = terminal;
    }

    private static @Nullable Reader terminal() {
        Console console = System.console();
        return console == null || !console.isTerminal() ? null : console.reader();
    }

    @Override
    public Integer call() throws InterruptedException {
        LessonClient client = new LessonClient(Topology.url(ports.console));
        if (number == null) {
            client.list().forEach(out()::println);
            return 0;
        }
        LessonState lesson = client.lesson(number);
        out().printf("Lesson %d: %s%n%n", lesson.number(), printable(lesson.title()));
        print("", lesson.story());
        out().println();
        print("", lesson.question());
        for (int i = 0; i < lesson.choices().size(); i++) {
            print("  %d. ".formatted(i + 1), lesson.choices().get(i));
        }
        Integer prediction = prediction(lesson.choices().size());
        Thread stop = new Thread(() -> stop(client, lesson.number()), "stop the lesson");
        Runtime.getRuntime().addShutdownHook(stop);
        LessonState end;
        try {
            client.start(number, prediction);
            out().println();
            end = follow(client, number);
        } finally {
            Runtime.getRuntime().removeShutdownHook(stop);
        }
        show(end, prediction);
        return end.held() ? 0 : 1;
    }

    /** Asks until the answer is a number of a choice; null if the input has ended. */
    private @Nullable Integer prediction(int choices) {
        if (yes || terminal == null) {
            return null;
        }
        try {
            BufferedReader lines = new BufferedReader(terminal);
            while (true) {
                out().printf("%nYour prediction, 1 to %d: ", choices);
                out().flush();
                String line = lines.readLine();
                if (line == null) {
                    return null;
                }
                if (IntStream.rangeClosed(1, choices)
                        .anyMatch(choice -> line.strip().equals(Integer.toString(choice)))) {
                    return Integer.valueOf(line.strip());
                }
            }
        } catch (IOException e) {
            throw new ProcessFailure("the prediction could not be read: " + e.getMessage(), e);
        }
    }

    /** Prints each step when it is over. */
    private LessonState follow(LessonClient client, int lesson) throws InterruptedException {
        int printed = 0;
        while (true) {
            LessonState now = client.lesson(lesson);
            List<LessonState.StepState> steps = now.steps();
            while (printed < steps.size() && steps.get(printed).state().equals("DONE")) {
                LessonState.StepState step = steps.get(printed++);
                print(step.looks() ? "  ok  " : "  do  ", step.say());
            }
            if (!now.isRunning()) {
                steps.stream()
                        .filter(step -> step.state().equals("FAILED"))
                        .forEach(step -> print("  not ", step.say()));
                return now;
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private void show(LessonState lesson, @Nullable Integer prediction) {
        out().println();
        if (lesson.problem() != null) {
            print("", lesson.problem());
        }
        if (lesson.explanation() != null && lesson.answer() != null) {
            print(
                    prediction == null ? "" : prediction.equals(lesson.answer()) ? "You were right: " : "It was: ",
                    lesson.choices().get(lesson.answer() - 1));
            out().println();
            print("", lesson.explanation());
        }
        out().println();
        lesson.orders().stream()
                .map(LessonState.PlacedOrder::id)
                .distinct()
                .forEach(order -> out().printf("./run order %s%n", printable(order)));
        lesson.patterns().forEach(page -> out().println(printable(page)));
    }

    private static void stop(LessonClient client, int lesson) {
        try {
            client.stop(lesson);
        } catch (ProcessFailure e) {
            System.err.println(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Prints a text in lines of limited length, the further ones below the text if the mark is short. */
    private void print(String mark, String text) {
        StringBuilder line = new StringBuilder(mark);
        for (String word : printable(text).split(" ")) {
            if (line.length() + word.length() >= LINE_LENGTH) {
                out().println(line.toString().stripTrailing());
                line.setLength(0);
                line.append(" ".repeat(mark.length() > MAX_INDENT ? 0 : mark.length()));
            }
            line.append(word).append(' ');
        }
        out().println(line.toString().stripTrailing());
    }

    private static String printable(String text) {
        return Printable.of(text, MAX_TEXT);
    }

    private PrintWriter out() {
        if (spec == null) {
            throw new IllegalStateException("not created by picocli");
        }
        return spec.commandLine().getOut();
    }
}
