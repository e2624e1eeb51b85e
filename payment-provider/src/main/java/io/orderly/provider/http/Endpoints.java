package io.orderly.provider.http;

import io.orderly.provider.book.Instruction;
import io.orderly.provider.book.Instruction.Capture;
import io.orderly.provider.book.Instruction.Pay;
import io.orderly.provider.book.Instruction.Reverse;
import io.orderly.provider.book.Instruction.Void;
import io.orderly.provider.book.InstructionResult;
import io.orderly.provider.book.Request.Flow;
import io.orderly.provider.faults.FaultInjector;
import io.orderly.provider.faults.FaultSettings;
import io.orderly.provider.http.Route.FaultScope;
import io.orderly.provider.journal.DurableBook;
import java.util.List;
import java.util.Map;

/** What each call does. */
final class Endpoints {

    private static final int MAX_PAGE = 1_000;
    private static final int DEFAULT_PAGE = 100;

    private final DurableBook book;
    private final FaultInjector faults;

    Endpoints(DurableBook book, FaultInjector faults) {
        this.book = book;
        this.faults = faults;
    }

    List<Route> routes() {
        return List.of(
                new Route("PUT", "/charges/{key}", FaultScope.ALL_FAULTS, call -> pay(call, Flow.CHARGE)),
                new Route("GET", "/charges/{key}", FaultScope.ALL_FAULTS, this::find),
                new Route(
                        "POST",
                        "/charges/{key}/reversal",
                        FaultScope.ALL_FAULTS,
                        call -> follow(new Reverse(call.key()))),
                new Route("PUT", "/authorizations/{key}", FaultScope.ALL_FAULTS, call -> pay(call, Flow.AUTHORIZATION)),
                new Route("GET", "/authorizations/{key}", FaultScope.ALL_FAULTS, this::find),
                new Route(
                        "POST",
                        "/authorizations/{key}/capture",
                        FaultScope.ALL_FAULTS,
                        call -> follow(new Capture(call.key()))),
                new Route(
                        "POST",
                        "/authorizations/{key}/void",
                        FaultScope.ALL_FAULTS,
                        call -> follow(new Void(call.key()))),
                new Route("GET", "/book", FaultScope.OUTAGE, this::page),
                new Route("GET", "/book/summary", FaultScope.OUTAGE, _ -> book.summary()),
                new Route("GET", "/health", FaultScope.NOTHING, _ -> Map.of("status", "UP")),
                new Route("GET", "/settings", FaultScope.NOTHING, _ -> faults.settings()),
                new Route("PUT", "/settings", FaultScope.NOTHING, this::change));
    }

    private PaymentBody pay(MatchedRequest call, Flow flow) {
        var key = call.key();
        return follow(new Pay(key, call.read(PaymentRequest.class, Map.of()).toRequest(flow)));
    }

    private PaymentBody follow(Instruction instruction) {
        return switch (book.follow(instruction, faults)) {
            case InstructionResult.Change(var payment) -> PaymentBody.of(payment);
            case InstructionResult.NoChange(var payment) -> PaymentBody.of(payment);
            case InstructionResult.Refusal(var cause) -> throw problem(cause);
        };
    }

    private static ProblemException problem(InstructionResult.Cause cause) {
        return switch (cause) {
            case KEY_STANDS_FOR_ANOTHER_REQUEST ->
                new ProblemException(422, "Key reused", "This key already stands for another request", "key");
            case UNKNOWN_KEY -> unknownKey();
            case NOTHING_TO_CAPTURE ->
                new ProblemException(409, "Nothing to capture", "Nothing is held under this key any more", "key");
            case ALREADY_CHARGED ->
                new ProblemException(409, "Already charged", "The amount was taken: reverse it to give it back", "key");
        };
    }

    private static ProblemException unknownKey() {
        return new ProblemException(404, "Unknown key", "Nothing was ever done under this key", "key");
    }

    private PaymentBody find(MatchedRequest call) {
        return book.find(call.key()).map(PaymentBody::of).orElseThrow(Endpoints::unknownKey);
    }

    /**
     * A page of the book.
     *
     * @param next the {@code after} of the next page, also if there is none yet
     * @param more whether there are payments after these
     */
    private record Page(List<PaymentBody> payments, long next, boolean more) {}

    private Page page(MatchedRequest call) {
        call.noParametersBut("after", "limit");
        var after = call.parameter("after", 0, Long.MAX_VALUE, 0);
        var limit = (int) call.parameter("limit", 1, MAX_PAGE, DEFAULT_PAGE);
        var found = book.changedAfter(after, limit + 1);
        var shown = found.subList(0, Math.min(limit, found.size()));
        var next = shown.isEmpty() ? after : shown.getLast().sequence();
        return new Page(shown.stream().map(PaymentBody::of).toList(), next, found.size() > limit);
    }

    private FaultSettings change(MatchedRequest call) {
        var settings = call.read(FaultSettings.class, faults.initial());
        settings.declinedAccounts().forEach((account, reason) -> {
            ReadableText.readable("declinedAccounts", account);
            ReadableText.readable("declinedAccounts", reason);
        });
        faults.change(settings);
        return settings;
    }
}
