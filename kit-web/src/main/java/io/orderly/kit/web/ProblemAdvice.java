package io.orderly.kit.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.util.DisconnectedClientHelper;

/** Converts every exception of Spring MVC to a problem. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    /** @return null if the response is already committed */
    @ExceptionHandler(Exception.class)
    @Nullable ResponseEntity<Problem> answer(Exception failure, HttpServletRequest request, HttpServletResponse response) {
        ResponseEntity<Problem> answer = DisconnectedClientHelper.isClientDisconnectedException(failure)
                ? Problem.of(ProblemType.MALFORMED_BODY, "The request ended early.")
                        .toResponse()
                : ProblemMapper.of(failure).orElseGet(() -> internalError(failure, request));
        if (answer.getStatusCode().value() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            log.warn("unavailable at {} {}: {}", request.getMethod(), request.getRequestURI(), failure.toString());
        }
        return response.isCommitted() ? null : answer;
    }

    static ResponseEntity<Problem> internalError(@Nullable Throwable failure, HttpServletRequest request) {
        UUID errorId = UUID.randomUUID();
        log.error("error {} at {} {}", errorId, request.getMethod(), request.getRequestURI(), failure);
        return Problem.internalError(errorId).toResponse();
    }
}
