package dev.lowpass.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrewTest {
  private static final int TURNS = 1000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void everyWorkerDoesItsPartOnceATurn(int workers) {
    AtomicIntegerArray parts = new AtomicIntegerArray(workers);
    try (Crew crew = new Crew(workers, parts::incrementAndGet)) {
      for (int turn = 1; turn <= TURNS; turn++) {
        crew.run();
        for (int worker = 0; worker < workers; worker++) {
          assertThat(parts.get(worker)).isEqualTo(turn);
        }
      }
    }
  }

  /** As kernels do that wait for each other between phases. */
  @Test
  void partsRunAtTheSameTime() {
    CyclicBarrier together = new CyclicBarrier(3);
    try (Crew crew = new Crew(3, worker -> await(together))) {
      crew.run();
      crew.run();
    }
  }

  @Test
  void workersThatFellAsleepComeBack() {
    AtomicIntegerArray parts = new AtomicIntegerArray(2);
    try (Crew crew = new Crew(2, parts::incrementAndGet)) {
      crew.run();
      LockSupport.parkNanos(20_000_000);
      crew.run();
    }
    assertThat(parts.get(1)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aPartThatFailsFailsTheCallAndNoMore(int failing) {
    int[] calls = new int[1];
    Crew.Work work =
        worker -> {
          if (worker == failing && calls[0] == 0) {
            throw new IllegalArgumentException("worker " + worker);
          }
        };
    try (Crew crew = new Crew(2, work)) {
      assertThatThrownBy(crew::run).isInstanceOf(IllegalArgumentException.class).hasMessage("worker " + failing);
      calls[0]++;
      crew.run();
    }
  }

  @Test
  void closingEndsTheThreadsAndMayBeDoneTwice() throws InterruptedException {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Crew crew = new Crew(3, worker -> threads.add(Thread.currentThread()));
    crew.run();
    crew.close();
    crew.close();
    threads.remove(Thread.currentThread());
    assertThat(threads).hasSize(2);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
