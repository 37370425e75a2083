#pragma once
/* Sixteen floats as the compiler's own vector type, which Swift sees as SIMD16<Float>, and the instructions that
   Swift's SIMD types do not reach: they work lane by lane there. */

typedef float unrolled_lanes __attribute__((ext_vector_type(16)));
typedef unsigned unrolled_bits __attribute__((ext_vector_type(16)));
typedef double unrolled_doubles __attribute__((ext_vector_type(16)));

#define UNROLLED_INLINE static inline __attribute__((always_inline))

/* a * b + c, rounded once */
UNROLLED_INLINE unrolled_lanes unrolled_fma(unrolled_lanes a, unrolled_lanes b, unrolled_lanes c) {
  return __builtin_elementwise_fma(a, b, c);
}

UNROLLED_INLINE unrolled_lanes unrolled_sqrt(unrolled_lanes a) { return __builtin_elementwise_sqrt(a); }

UNROLLED_INLINE unrolled_lanes unrolled_abs(unrolled_lanes a) { return __builtin_elementwise_abs(a); }

/* x where a < b, y elsewhere */
UNROLLED_INLINE unrolled_lanes unrolled_where_less(unrolled_lanes a, unrolled_lanes b, unrolled_lanes x,
                                                   unrolled_lanes y) {
  return a < b ? x : y;
}

/* The first n numbers, zeros behind them. */
UNROLLED_INLINE unrolled_lanes unrolled_first(unrolled_lanes a, int n) {
  typedef int ints __attribute__((ext_vector_type(16)));
  const ints place = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  return place < (ints)n ? a : (unrolled_lanes)0.0f;
}

/* 2^(n - 1) where the low bits of `shifted` hold the whole number n */
UNROLLED_INLINE unrolled_lanes unrolled_half_power(unrolled_lanes shifted) {
  return (unrolled_lanes)(((unrolled_bits)shifted << 23) + 0x3f000000u);
}

UNROLLED_INLINE float unrolled_sum(unrolled_lanes a) {
  float s = 0;
  __attribute__((ext_vector_type(8))) float b = a.lo + a.hi;
  __attribute__((ext_vector_type(4))) float c = b.lo + b.hi;
  s = (c.x + c.z) + (c.y + c.w);
  return s;
}

/* The same numbers in double precision, and back. */
UNROLLED_INLINE unrolled_doubles unrolled_widened(unrolled_lanes a) {
  return __builtin_convertvector(a, unrolled_doubles);
}
UNROLLED_INLINE unrolled_lanes unrolled_narrowed(unrolled_doubles a) {
  return __builtin_convertvector(a, unrolled_lanes);
}

UNROLLED_INLINE double unrolled_sum_doubles(unrolled_doubles a) {
  __attribute__((ext_vector_type(8))) double b = a.lo + a.hi;
  __attribute__((ext_vector_type(4))) double c = b.lo + b.hi;
  return (c.x + c.z) + (c.y + c.w);
}

UNROLLED_INLINE unrolled_lanes unrolled_load(const float *p) {
  unrolled_lanes x;
  __builtin_memcpy(&x, p, sizeof x);
  return x;
}

UNROLLED_INLINE void unrolled_store(unrolled_lanes x, float *p) { __builtin_memcpy(p, &x, sizeof x); }

/* The upper eight. */
UNROLLED_INLINE void unrolled_store_high(unrolled_lanes x, float *p) {
  __builtin_memcpy(p, (const char *)&x + 8 * sizeof(float), 8 * sizeof(float));
}

/* The first n numbers, zeros behind them. */
UNROLLED_INLINE unrolled_lanes unrolled_load_some(const float *p, long n) {
  unrolled_lanes x = 0;
  __builtin_memcpy(&x, p, (unsigned long)n * sizeof(float));
  return x;
}

/* a0 b0 a1 b1 … of the lower and of the upper halves. */
UNROLLED_INLINE unrolled_lanes unrolled_zip_low(unrolled_lanes a, unrolled_lanes b) {
  return __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}
UNROLLED_INLINE unrolled_lanes unrolled_zip_high(unrolled_lanes a, unrolled_lanes b) {
  return __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}
/* Every second of the 32 numbers in a and b, from the first and from the second on. */
UNROLLED_INLINE unrolled_lanes unrolled_even(unrolled_lanes a, unrolled_lanes b) {
  return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
}
UNROLLED_INLINE unrolled_lanes unrolled_odd(unrolled_lanes a, unrolled_lanes b) {
  return __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
}
