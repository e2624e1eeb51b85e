package io.orderly.payment;

import io.orderly.kit.testing.RepositorySlice;
import io.orderly.payment.ledger.AccountLists;
import io.orderly.payment.ledger.Ledger;
import java.math.BigDecimal;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** The base of the service's repository tests: its repositories, and the ledger that they are used with. */
@EnableConfigurationProperties(PaymentProperties.class)
@Import({Ledger.class, AccountLists.class})
public abstract class LedgerSlice extends RepositorySlice {

    protected BigDecimal balanceOf(String customer) {
        return jdbc.sql("select balance from accounts where customer_id = ?")
                .param(customer)
                .query(BigDecimal.class)
                .single();
    }
}
