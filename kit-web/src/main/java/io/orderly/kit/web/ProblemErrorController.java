package io.orderly.kit.web;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Responds with a problem to error dispatches of the container: exceptions of filters, and errors that the container
 * detects.
 */
@Hidden
@RestController
class ProblemErrorController implements ErrorController {

    private final ProblemAdvice advice;

    ProblemErrorController(ProblemAdvice advice) {
        this.advice = advice;
    }

    @RequestMapping("${spring.web.error.path:${error.path:/error}}")
    @Nullable ResponseEntity<Problem> error(HttpServletRequest request, HttpServletResponse response) {
        HttpStatusCode status = status(request);
        Object failure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        if (failure instanceof SocketTimeoutException && status.value() == HttpStatus.REQUEST_TIMEOUT.value()) {
            // the container's exception for a body that did not arrive in time
            failure = null;
        }
        if (failure instanceof ServletException wrapper && wrapper.getRootCause() instanceof Exception root) {
            return advice.answer(root, request, response);
        }
        if (failure instanceof Exception exception) {
            return advice.answer(exception, request, response);
        }
        ResponseEntity<Problem> answer = ProblemMapper.forStatus(status, null, HttpHeaders.EMPTY);
        return answer != null ? answer : ProblemAdvice.internalError(null, request);
    }

    /** 404 if a client requests this path directly. */
    private static HttpStatusCode status(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
                ? HttpStatusCode.valueOf(status)
                : HttpStatus.NOT_FOUND;
    }
}
