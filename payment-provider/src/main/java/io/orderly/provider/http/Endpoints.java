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

/** The routes of the API and their handlers. */
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
                new Route("PUT", "/charges/{key}", FaultScope.ALL, request -> pay(request, Flow.CHARGE)),
                new Route("GET", "/charges/{key}", FaultScope.ALL, this::find),
                new Route(
                        "POST",
                        "/charges/{key}/reversal",
                        FaultScope.ALL,
                        request -> execute(new Reverse(request.key()))),
                new Route("PUT", "/authorizations/{key}", FaultScope.ALL, request -> pay(request, Flow.AUTHORIZATION)),
                new Route("GET", "/authorizations/{key}", FaultScope.ALL, this::find),
                new Route(
                        "POST",
                        "/authorizations/{key}/capture",
                        FaultScope.ALL,
                        request -> execute(new Capture(request.key()))),
                new Route(
                        "POST",
                        "/authorizations/{key}/void",
                        FaultScope.ALL,
                        request -> execute(new Void(request.key()))),
                new Route("GET", "/book", FaultScope.OUTAGE_ONLY, this::page),
                new Route("GET", "/book/summary", FaultScope.OUTAGE_ONLY, _ -> book.summary()),
                new Route("GET", "/health", FaultScope.NONE, _ -> Map.of("status", "UP")),
                new Route("GET", "/settings", FaultScope.NONE, _ -> faults.settings()),
                new Route("PUT", "/settings", FaultScope.NONE, this::change));
    }

    private PaymentBody pay(MatchedRequest request, Flow flow) {
        var key = request.key();
        return execute(new Pay(key, request.read(PaymentRequest.class, Map.of()).toRequest(flow)));
    }

    private PaymentBody execute(Instruction instruction) {
        return switch (book.execute(instruction, faults)) {
            case InstructionResult.Change(var payment) -> PaymentBody.of(payment);
            case InstructionResult.NoChange(var payment) -> PaymentBody.of(payment);
            case InstructionResult.Refusal(var cause) -> throw problemOf(cause);
        };
    }

    private static ProblemException problemOf(InstructionResult.Cause cause) {
        return switch (cause) {
            case KEY_REUSED -> new ProblemException(422, "Key reused", "The key belongs to another request", "key");
            case UNKNOWN_KEY -> unknownKey();
            case NOTHING_TO_CAPTURE ->
                new ProblemException(409, "Nothing to capture", "No amount is held for the key", "key");
            case ALREADY_CHARGED ->
                new ProblemException(
                        409, "Already charged", "The amount is already captured; a reversal refunds it", "key");
        };
    }

    private static ProblemException unknownKey() {
        return new ProblemException(404, "Unknown key", "There is no payment with the key", "key");
    }

    private PaymentBody find(MatchedRequest request) {
        return book.find(request.key()).map(PaymentBody::of).orElseThrow(Endpoints::unknownKey);
    }

    /**
     * A page of the book.
     *
     * @param next the {@code after} of the next page, even if there is no next page yet
     * @param more whether there are more payments
     */
    private record Page(List<PaymentBody> payments, long next, boolean more) {}

    private Page page(MatchedRequest request) {
        request.requireOnlyParameters("after", "limit");
        var after = request.parameter("after", 0, Long.MAX_VALUE, 0);
        var limit = (int) request.parameter("limit", 1, MAX_PAGE, DEFAULT_PAGE);
        var found = book.changedAfter(after, limit + 1);
        var shown = found.subList(0, Math.min(limit, found.size()));
        var next = shown.isEmpty() ? after : shown.getLast().sequence();
        return new Page(shown.stream().map(PaymentBody::of).toList(), next, found.size() > limit);
    }

    private FaultSettings change(MatchedRequest request) {
        var settings = request.read(FaultSettings.class, faults.initial());
        settings.declinedAccounts().forEach((account, reason) -> {
            ReadableText.require("declinedAccounts", account);
            ReadableText.require("declinedAccounts", reason);
        });
        faults.change(settings);
        return settings;
    }
}
