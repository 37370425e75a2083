#pragma once
#include <cblas.h>
#include <stddef.h>

/* LAPACK's singular value decomposition: part of OpenBLAS, though its Debian headers do not declare it.
   Fortran passes everything by address, and the length of a text after all else. */
void sgesdd_(const char *job, const int *m, const int *n, float *a, const int *lda, float *s, float *u,
             const int *ldu, float *vt, const int *ldvt, float *work, const int *lwork, int *iwork, int *info,
             size_t job_length);

/* Tells the processor that this is a waiting loop. */
static inline void unrolled_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#if defined(__x86_64__)
#include <cpuid.h>
/* CPUID leaf 1: ECX bit 12 is FMA; leaf 7: EBX bit 5 is AVX2. */
static inline int unrolled_has_avx2(void) {
  unsigned a, b, c, d;
  return __get_cpuid(1, &a, &b, &c, &d) && (c >> 12 & 1) && __get_cpuid_count(7, 0, &a, &b, &c, &d) &&
         (b >> 5 & 1);
}
/* CPUID leaf 7: EBX bits 16, 17, 30, 31 are AVX-512 F, DQ, BW, VL; subleaf 1, EAX bit 5 is BF16. */
static inline int unrolled_has_avx512(void) {
  unsigned a, b, c, d, need = 1u << 16 | 1u << 17 | 1u << 30 | 1u << 31;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & need) == need;
}
static inline int unrolled_has_avx512_bf16(void) {
  unsigned a, b, c, d;
  return unrolled_has_avx512() && __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a >> 5 & 1);
}
#else
static inline int unrolled_has_avx2(void) { return 0; }
static inline int unrolled_has_avx512(void) { return 0; }
static inline int unrolled_has_avx512_bf16(void) { return 0; }
#endif
